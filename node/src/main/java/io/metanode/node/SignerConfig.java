package io.metanode.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Who signs the log of receipts. */
sealed interface SignerConfig {

  /** A key in the home's {@code keys} directory, made on first start. */
  record KeyFile() implements SignerConfig {}

  /**
   * A program that is given what to sign.
   *
   * @param command the program and its arguments
   * @param publicKey a PEM file with the key it signs with
   * @param timeout how long a signature may take
   */
  record Command(List<String> command, Path publicKey, Duration timeout) implements SignerConfig {

    public Command {
      command = List.copyOf(command);
    }
  }

  /**
   * A key in a PKCS#11 token.
   *
   * @param library the token's library
   * @param slot the index of its slot
   * @param pinFile a file with the user's PIN
   * @param alias the label of the key and its certificate
   * @param publicKey a PEM file with the public key
   */
  record Pkcs11(Path library, int slot, Path pinFile, String alias, Path publicKey)
      implements SignerConfig {}
}
