package io.metanode.ledger.store;

import java.io.IOException;
import java.util.List;

/** The files of a block log: each named after the height of its first block. */
final class Segments {

  private static final String SUFFIX = ".blocks";

  private Segments() {}

  static String file(long first) {
    return "%020d%s".formatted(first, SUFFIX);
  }

  /** The heights of the first blocks, ascending. */
  static List<Long> list(Disk disk) throws IOException {
    return disk.list().stream()
        .filter(name -> name.matches("[0-9]{20}\\.blocks"))
        .map(name -> Long.valueOf(name.substring(0, name.length() - SUFFIX.length())))
        .sorted()
        .toList();
  }
}
