package io.metanode.ledger.state;

import io.metanode.crypto.MerkleHash;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.transaction.TransactionId;

/**
 * What came of a transaction.
 *
 * @param code 0 if it was applied; the state machine knows the others
 */
public record TransactionResult(TransactionId id, int code) {

  /** The bytes of what the leaf is of. */
  static final int ENTRY = Bytes32.LENGTH + 2;

  /** Its leaf in the tree under the next header's results root: of the id and the code. */
  public Bytes32 leaf() {
    Encoder entry = new Encoder(ENTRY);
    encode(entry);
    return Bytes32.of(MerkleHash.leaf(entry.toArray()));
  }

  /** Writes what the leaf is of. */
  void encode(Encoder out) {
    out.bytes32(id.value()).u16(code);
  }
}
