package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges the senders' lanes by priority. The heads are sorted already; only the successors of what
 * was taken need a queue, so a proposal of k transactions costs k · log k however many wait.
 */
final class Selection {

  private final Iterator<Waiting> heads;
  private final Function<Waiting, Optional<Waiting>> successor;
  private final PriorityQueue<Waiting> moved = new PriorityQueue<>(Waiting.PRIORITY);
  private @Nullable Waiting head;

  Selection(NavigableSet<Waiting> heads, Function<Waiting, Optional<Waiting>> successor) {
    this.heads = heads.iterator();
    this.successor = successor;
    this.head = nextHead();
  }

  private @Nullable Waiting nextHead() {
    return heads.hasNext() ? heads.next() : null;
  }

  List<VerifiedTransaction> take(int count, long length) {
    List<VerifiedTransaction> taken = new ArrayList<>();
    long left = length;
    Waiting entry = next();
    while (entry != null && taken.size() < count) {
      if (entry.length() <= left) {
        left -= entry.length();
        taken.add(entry.verified());
        successor.apply(entry).ifPresent(moved::add);
      }
      entry = next();
    }
    return taken;
  }

  private @Nullable Waiting next() {
    Waiting queued = moved.peek();
    Waiting first = head;
    if (first != null && (queued == null || Waiting.PRIORITY.compare(first, queued) < 0)) {
      head = nextHead();
      return first;
    }
    return moved.poll();
  }
}
