package io.metanode.ledger.light;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.InclusionProof;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StateProof;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.transaction.TransactionId;

/** A header that a quorum sealed, and what can be shown under it. Only a light client makes one. */
public final class VerifiedHeader {

  private final BlockHeader header;

  VerifiedHeader(BlockHeader header) {
    this.header = header;
  }

  public BlockHeader header() {
    return header;
  }

  /** Whether this block holds the transaction, at the index of the proof. */
  public boolean includes(TransactionId id, InclusionProof proof) {
    return proof.size() == header.contents().transactionCount()
        && proof.proves(id.value(), header.contents().transactionRoot());
  }

  /** Whether that came of a transaction of the block before this one. */
  public boolean resulted(TransactionResult result, InclusionProof proof) {
    return proof.proves(result.leaf(), header.prior().resultsRoot());
  }

  /** Whether the key had the value after the block before this one. */
  public boolean holds(StateKey key, Bytes value, StateProof proof) {
    return proof.proves(header.prior().stateRoot(), key, value);
  }

  /** Whether the key had no value after the block before this one. */
  public boolean lacks(StateKey key, StateProof proof) {
    return proof.provesAbsence(header.prior().stateRoot(), key);
  }
}
