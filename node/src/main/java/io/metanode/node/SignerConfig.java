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
   * A key in a PKCS#11 token; the PIN is in the environment variable {@code METANODE_PKCS11_PIN}.
   *
   * @param library the token's library
   * @param keyId the key's id in the token, hexadecimal
   * @param publicKey a PEM file with the public key
   * @param timeout how long a signature may take
   */
  record Pkcs11(Path library, String keyId, Path publicKey, Duration timeout)
      implements SignerConfig {}
}
