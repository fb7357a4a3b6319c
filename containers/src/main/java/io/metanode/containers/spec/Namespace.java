package io.metanode.containers.spec;

import java.nio.file.Path;

/** Which namespace of a kind a container lives in. */
public sealed interface Namespace {

  /** One of its own. */
  record Fresh() implements Namespace {}

  /** The host's. */
  record Host() implements Namespace {}

  /** One that exists, as a file in {@code /proc/<pid>/ns} or a bound one. */
  record Joined(Path path) implements Namespace {}
}
