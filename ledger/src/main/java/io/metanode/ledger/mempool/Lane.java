package io.metanode.ledger.mempool;

import io.metanode.ledger.transaction.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What waits of one sender, by sequence: of most senders one transaction. */
final class Lane {

  private final AccountId sender;

  /** Ascending by sequence. */
  private final List<Waiting> waiting = new ArrayList<>(1);

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

  /** Where the sequence is, or else would go. */
  private int place(long sequence) {
    int low = 0;
    int high = waiting.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (waiting.get(middle).sequence() < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isAt(int place, long sequence) {
    return place < waiting.size() && waiting.get(place).sequence() == sequence;
  }

  Optional<Waiting> at(long sequence) {
    int place = place(sequence);
    return isAt(place, sequence) ? Optional.of(waiting.get(place)) : Optional.empty();
  }

  /** Adds an entry, of a sequence that nothing here has. */
  void put(Waiting entry) {
    waiting.add(place(entry.sequence()), entry);
    fees += entry.fee();
  }

  /** Takes out an entry that is here. */
  void remove(Waiting entry) {
    waiting.remove(place(entry.sequence()));
    fees -= entry.fee();
  }

  /** The one that may go into the next block. */
  Optional<Waiting> head() {
    return at(next());
  }

  /** The one with the highest sequence, which can go without holding up another. */
  Optional<Tail> tail() {
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Waiting last = waiting.getLast();
    boolean gap = last.sequence() != next() + waiting.size() - 1;
    return Optional.of(new Tail(last, gap));
  }

  /** One that the sender used already, if there is one. */
  Optional<Waiting> used() {
    return !waiting.isEmpty() && waiting.getFirst().sequence() < next()
        ? Optional.of(waiting.getFirst())
        : Optional.empty();
  }
}
