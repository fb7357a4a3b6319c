package io.metanode.containers.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's own name. */
final class HostName {

  private static final Path FILE = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String own() throws IOException {
    return Files.readString(FILE).strip();
  }
}
