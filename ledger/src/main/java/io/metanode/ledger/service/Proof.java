package io.metanode.ledger.service;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.InclusionProof;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.StateProof;
import io.metanode.ledger.transaction.Transaction;
import java.util.Optional;

/** What convinces a reader who trusts the validators and nobody else. */
public sealed interface Proof {

  /**
   * A header and what sealed it.
   *
   * @param seal encoded
   */
  record Sealed(BlockHeader header, Bytes seal) {

    public static Sealed of(SealedBlock block) {
      return new Sealed(block.block().header(), block.certificate());
    }
  }

  /**
   * That a transaction is final, and what came of it.
   *
   * @param block that holds it
   * @param next the header after it, which names the results
   */
  record OfTransaction(
      Transaction transaction,
      Sealed block,
      InclusionProof inclusion,
      Sealed next,
      int code,
      InclusionProof result)
      implements Proof {}

  /**
   * That a key had a value, or none, after a block.
   *
   * @param next the header after that block, which names the state
   */
  record OfState(StateKey key, Optional<Bytes> value, StateProof proof, Sealed next)
      implements Proof {}
}
