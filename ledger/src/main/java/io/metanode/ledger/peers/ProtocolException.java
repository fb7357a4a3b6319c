package io.metanode.ledger.peers;

import java.io.IOException;

/** A peer did what no correct peer does. */
final class ProtocolException extends IOException {

  ProtocolException(String message) {
    super(message);
  }
}
