package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.List;

/** What happens to a replica. Its host hands events over one at a time, in any order. */
public sealed interface ReplicaEvent {

  /**
   * A peer sent a message.
   *
   * @param from who holds the other end of the link, as the link's handshake proved
   */
  record Received(ValidatorId from, PeerMessage message) implements ReplicaEvent {}

  /** A link to a peer is up, for the first time or again. */
  record Connected(ValidatorId peer) implements ReplicaEvent {}

  /** The timer of {@link ReplicaEffect.StartTimer} expired. */
  record Expired(Timer timer) implements ReplicaEvent {}

  /**
   * A client offers transactions, which {@link ReplicaEffect.Answer} answers all at once.
   *
   * @param request the host's name for it, under which it is answered
   */
  record Submitted(long request, List<Transaction> transactions) implements ReplicaEvent {}

  /**
   * The answer to {@link ReplicaEffect.Verify}: every transaction asked for is in one list.
   *
   * @param refused those whose signature does not hold
   */
  record Verified(List<VerifiedTransaction> verified, List<TransactionId> refused)
      implements ReplicaEvent {}
}
