package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.AccountId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What waits of one sender, by sequence. */
final class Lane {

  private final AccountId sender;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private Standing standing;
  private long asOf;
  private long fees;

  /**
   * @param standing of the sender, after the last block
   */
  Lane(AccountId sender, Standing standing, long asOf) {
    this.sender = sender;
    this.standing = standing;
    this.asOf = asOf;
  }

  AccountId sender() {
    return sender;
  }

  /** The height after which the standing was so. */
  long asOf() {
    return asOf;
  }

  Standing standing() {
    return standing;
  }

  private long next() {
    return standing.nextSequence();
  }

  /** The head changes with the sequence, so it must not be listed meanwhile. */
  void learn(Standing now, long height) {
    standing = now;
    asOf = height;
  }

  int size() {
    return waiting.size();
  }

  /** All fees together. */
  long fees() {
    return fees;
  }

  Optional<Waiting> at(long sequence) {
    return Optional.ofNullable(waiting.get(sequence));
  }

  void put(Waiting entry) {
    waiting.put(entry.sequence(), entry);
    fees += entry.fee();
  }

  void remove(Waiting entry) {
    waiting.remove(entry.sequence());
    fees -= entry.fee();
  }

  /** The one that may go into the next block. */
  Optional<Waiting> head() {
    return at(next());
  }

  /** The one with the highest sequence, which can go without holding up another. */
  Optional<Tail> tail() {
    Map.Entry<Long, Waiting> last = waiting.lastEntry();
    if (last == null) {
      return Optional.empty();
    }
    boolean gap = last.getKey() != next() + waiting.size() - 1;
    return Optional.of(new Tail(last.getValue(), gap));
  }

  /** One that the sender used already, if there is one. */
  Optional<Waiting> used() {
    Map.Entry<Long, Waiting> first = waiting.firstEntry();
    return first != null && first.getKey() < next()
        ? Optional.of(first.getValue())
        : Optional.empty();
  }
}
