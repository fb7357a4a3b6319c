package io.metanode.ledger.service;

import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.transaction.TransactionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Those who wait until transactions are final. Safe for use by many threads. */
final class Decisions {

  /** Some transactions whose outcomes are waited for. */
  static final class Wait {
    private final Map<TransactionId, Outcome> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger open;
    private final CompletableFuture<Void> all = new CompletableFuture<>();

    private Wait(int size) {
      open = new AtomicInteger(size);
    }

    /** The outcomes so far. */
    Map<TransactionId, Outcome> outcomes() {
      return outcomes;
    }

    /** Done when all outcomes are there. */
    CompletableFuture<Void> all() {
      return all;
    }

    private void close(int count) {
      if (open.addAndGet(-count) <= 0) {
        all.complete(null);
      }
    }
  }

  private final Map<TransactionId, List<Wait>> waits = new ConcurrentHashMap<>();

  /** Waits for transactions, each of them once in {@code ids}. */
  Wait await(Collection<TransactionId> ids) {
    Wait wait = new Wait(ids.size());
    for (TransactionId id : ids) {
      waits.merge(
          id, List.of(wait), (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
    }
    if (ids.isEmpty()) {
      wait.close(0);
    }
    return wait;
  }

  /** Waits no longer for some of them. */
  void forget(Wait wait, Collection<TransactionId> ids) {
    for (TransactionId id : ids) {
      waits.computeIfPresent(
          id,
          (_, some) -> {
            List<Wait> left = some.stream().filter(one -> one != wait).toList();
            return left.isEmpty() ? null : left;
          });
    }
    wait.close(ids.size());
  }

  void decided(long height, List<TransactionResult> results) {
    if (waits.isEmpty()) {
      return;
    }
    for (TransactionResult result : results) {
      List<Wait> some = waits.remove(result.id());
      if (some != null) {
        for (Wait wait : some) {
          wait.outcomes.put(result.id(), new Outcome(height, result.code()));
          wait.close(1);
        }
      }
    }
  }
}
