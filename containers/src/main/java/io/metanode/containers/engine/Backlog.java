package io.metanode.containers.engine;

import java.io.IOException;
import java.io.OutputStream;

/** Writes what was logged so far, framed as the client expects it. */
@FunctionalInterface
public interface Backlog {
  void write(OutputStream client) throws IOException;
}
