package io.metanode.containers.engine;

import java.util.List;
import java.util.Optional;

/** The size of a terminal, in characters. */
record TerminalSize(int rows, int columns) {

  /**
   * @param size {@code ConsoleSize} of Docker's API: rows and columns; nothing or zeros for none
   */
  static Optional<TerminalSize> of(List<Integer> size) {
    return size.size() == 2 && size.get(0) > 0 && size.get(1) > 0
        ? Optional.of(new TerminalSize(size.get(0), size.get(1)))
        : Optional.empty();
  }
}
