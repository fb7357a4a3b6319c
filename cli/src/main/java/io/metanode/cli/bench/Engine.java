package io.metanode.cli.bench;

import io.metanode.cli.Program;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A container engine that a bench started and will stop. */
interface Engine extends Closeable {

  /** For tables. */
  String name();

  /** The real docker client, aimed at this engine. */
  Program docker();

  /** Where it listens. */
  Path socket();

  /** The engine's main process; its mount namespace is the engine's own. */
  long pid();

  /** What is done before and after the client of {@code docker run --rm} hears of the end. */
  String teardown();

  /** Stops the engine and whatever it runs. */
  @Override
  void close() throws IOException;
}
