package io.metanode.ledger.service;

import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.transaction.TransactionId;
import java.util.Optional;

/**
 * What a client hears of a transaction.
 *
 * @param admission what the mempool said
 * @param outcome what came of it, if it is final
 */
public record Answer(TransactionId id, Admission admission, Optional<Outcome> outcome) {

  /** Whether it may still become final. */
  public boolean mayFollow() {
    return admission.isAccepted() || admission == Admission.DUPLICATE;
  }
}
