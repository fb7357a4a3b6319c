package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Merges the senders' lanes by priority. Nothing is kept in order meanwhile: a transaction comes
 * and goes on every validator, but only who proposes needs an order. A proposal of k transactions
 * among n senders costs n + k · log n.
 */
final class Selection {

  private final Function<Waiting, Optional<Waiting>> successor;
  private final PriorityQueue<Waiting> next;

  Selection(Collection<Waiting> heads, Function<Waiting, Optional<Waiting>> successor) {
    this.successor = successor;
    next = new PriorityQueue<>(Math.max(1, heads.size()), Waiting.PRIORITY);
    next.addAll(heads);
  }

  List<VerifiedTransaction> take(int count, long length) {
    List<VerifiedTransaction> taken = new ArrayList<>();
    long left = length;
    Waiting entry = next.poll();
    while (entry != null && taken.size() < count) {
      if (entry.length() <= left) {
        left -= entry.length();
        taken.add(entry.verified());
        successor.apply(entry).ifPresent(next::add);
      }
      entry = next.poll();
    }
    return taken;
  }
}
