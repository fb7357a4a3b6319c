package io.metanode.receipts;

import java.io.IOException;

/** Signs in-toto Statements that are no receipts with the key of a log. */
@FunctionalInterface
public interface StatementSigner {

  /**
   * Seals a statement as a receipt is sealed: a DSSE envelope with one Ed25519 signature.
   *
   * @param statement its canonical JSON
   * @throws IOException if whoever holds the key did not sign
   */
  byte[] seal(byte[] statement) throws IOException;
}
