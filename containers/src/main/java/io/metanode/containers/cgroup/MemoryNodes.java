package io.metanode.containers.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The host's memory nodes (NUMA). */
public final class MemoryNodes {

  private static final Path ONLINE = Path.of("/sys/devices/system/node/online");

  private MemoryNodes() {}

  /** How many there are, by the highest number: the kernel writes {@code 0-3} or {@code 0,2-3}. */
  public static int count() {
    try {
      return Files.exists(ONLINE) ? count(Files.readString(ONLINE)) : 1;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + ONLINE, e);
    }
  }

  static int count(String online) {
    String list = online.strip();
    int last = Math.max(list.lastIndexOf(','), list.lastIndexOf('-'));
    return Integer.parseInt(list.substring(last + 1)) + 1;
  }
}
