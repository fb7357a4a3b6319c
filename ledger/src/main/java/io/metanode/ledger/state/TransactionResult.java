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

  /** Its leaf in the tree under the next header's results root: of the id and the code. */
  public Bytes32 leaf() {
    return Bytes32.of(MerkleHash.leaf(entry()));
  }

  /** What the leaf is of. */
  byte[] entry() {
    return new Encoder(Bytes32.LENGTH + 2).bytes32(id.value()).u16(code).toArray();
  }
}
