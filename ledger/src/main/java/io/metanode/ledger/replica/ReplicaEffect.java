package io.metanode.ledger.replica;

import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.transaction.Transaction;
import java.util.List;

/**
 * What a replica asks of its host. Whatever these effects rest on is durable already when the
 * replica returns them, so a host may carry them out in any order, and lose those that are sent.
 */
public sealed interface ReplicaEffect {

  /** Sends a message to one peer. */
  record Send(ValidatorId to, PeerMessage message) implements ReplicaEffect {}

  /** Sends a message to every peer. */
  record Broadcast(PeerMessage message) implements ReplicaEffect {}

  /** Asks for {@link ReplicaEvent.Expired}, in place of any timer of the kind before. */
  record StartTimer(Timer timer, long delayMillis) implements ReplicaEffect {}

  /**
   * Asks for {@link ReplicaEvent.Verified}, on whatever threads. No transaction is asked for twice,
   * unless it was forgotten in between.
   */
  record Verify(List<Transaction> transactions) implements ReplicaEffect {}

  /**
   * Answers a client.
   *
   * @param admissions one for each transaction of the request, in their order
   */
  record Answer(long request, List<Admission> admissions) implements ReplicaEffect {}

  /**
   * A block is final, durable and applied. In order of heights, each once, but for a state sync.
   */
  record Decided(SealedBlock block, List<TransactionResult> results) implements ReplicaEffect {}

  /**
   * A peer sent what no honest peer sends. A host may cut the link for a while.
   *
   * @param reason for a log
   */
  record Misbehaved(ValidatorId peer, String reason) implements ReplicaEffect {}
}
