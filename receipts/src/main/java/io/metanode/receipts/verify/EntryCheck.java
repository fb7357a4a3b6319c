package io.metanode.receipts.verify;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.foundation.Digest;
import io.metanode.receipts.StepReceipt;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.ReceiptFormatException;
import io.metanode.receipts.statement.StatementReader;
import io.metanode.receipts.tile.VerifierKey;
import java.util.Optional;

/**
 * What an entry is by itself: a receipt signed by a key, or what is wrong with it.
 *
 * @param receipt what it says, if it can be read and its signature holds
 * @param fault what is wrong; empty if nothing is
 */
record EntryCheck(Optional<StepReceipt> receipt, String fault) {

  static EntryCheck of(byte[] entry, VerifierKey key) {
    Optional<Ed25519PublicKey> ed25519 = key.ed25519();
    try {
      Envelope envelope = Envelope.read(entry);
      if (ed25519.isEmpty() || !ed25519.get().id().hex().equals(envelope.keyId())) {
        return bad("signed by key " + envelope.keyId() + ", which is not the log's at that place");
      }
      if (!envelope.signedBy(ed25519.get())) {
        return bad("the signature does not hold");
      }
      return new EntryCheck(Optional.of(StatementReader.read(envelope.payload())), "");
    } catch (ReceiptFormatException e) {
      return bad("not a receipt: " + e.getMessage());
    }
  }

  private static EntryCheck bad(String fault) {
    return new EntryCheck(Optional.empty(), fault);
  }

  boolean good() {
    return fault.isEmpty();
  }

  /** What is wrong with the receipt's place in the log; empty if nothing is. */
  static String misplaced(StepReceipt receipt, long index, Digest previous, String origin) {
    if (receipt.sequence() != index) {
      return "its sequence number is " + receipt.sequence() + ": dropped, inserted or reordered";
    }
    if (!receipt.previous().equals(previous)) {
      return "it follows " + receipt.previous() + ", the receipt before it is " + previous;
    }
    return receipt.source().equals(origin) ? "" : "its source is " + receipt.source();
  }
}
