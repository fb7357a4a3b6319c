package io.metanode.comparison;

import com.hedera.hapi.platform.event.StateSignatureTransaction;
import com.hedera.pbj.runtime.io.buffer.Bytes;
import com.swirlds.common.context.PlatformContext;
import com.swirlds.platform.builder.ExecutionLayer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hiero.consensus.model.status.PlatformStatus;
import org.hiero.consensus.model.transaction.TimestampedTransaction;
import org.hiero.consensus.transaction.TransactionPoolNexus;

/** What waits to be put into a node's next events: Hiero's own pool. */
final class EventSource implements ExecutionLayer {

  /** Payloads that may wait. */
  private static final int MOST_WAITING = 100_000;

  /** A node that fell behind for so long takes no more. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final TransactionPoolNexus pool;
  private final CompletableFuture<Void> active = new CompletableFuture<>();

  EventSource(PlatformContext context) {
    pool =
        new TransactionPoolNexus(
            getTransactionLimits(),
            MOST_WAITING,
            PATIENCE,
            context.getMetrics(),
            context.getTime());
  }

  CompletableFuture<Void> active() {
    return active;
  }

  boolean submit(Bytes payload) {
    return pool.submitApplicationTransaction(payload);
  }

  /** Whatever the node's status: it was taken already. */
  void again(Bytes payload) {
    pool.submitPriorityTransaction(payload);
  }

  @Override
  public List<TimestampedTransaction> getTransactionsForEvent() {
    return pool.getTransactionsForEvent();
  }

  /** The platform's states are not signed, so no signature waits; see {@link RoundHandler}. */
  @Override
  public boolean hasBufferedSignatureTransactions() {
    return false;
  }

  @Override
  public void submitStateSignature(StateSignatureTransaction signature) {
    throw new IllegalStateException("a state was signed");
  }

  @Override
  public void newPlatformStatus(PlatformStatus status) {
    pool.updatePlatformStatus(status);
    if (status == PlatformStatus.ACTIVE) {
      active.complete(null);
    } else if (status == PlatformStatus.CATASTROPHIC_FAILURE) {
      active.completeExceptionally(new IllegalStateException("the node failed"));
    }
  }

  @Override
  public void reportUnhealthyDuration(Duration duration) {
    pool.reportUnhealthyDuration(duration);
  }
}
