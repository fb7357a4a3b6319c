package io.metanode.node;

import java.util.List;

/** Who signs the log of receipts. */
sealed interface SignerConfig {

  /** A key in the home's {@code keys} directory, made on first start. */
  record KeyFile() implements SignerConfig {}

  /**
   * A program that is given what to sign.
   *
   * @param command the program and its arguments
   */
  record Command(List<String> command) implements SignerConfig {

    public Command {
      command = List.copyOf(command);
    }
  }
}
