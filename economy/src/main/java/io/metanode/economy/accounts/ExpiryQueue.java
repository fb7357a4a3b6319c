package io.metanode.economy.accounts;

import java.util.Optional;

/**
 * What expires, the soonest first: a binary heap (Williams, "Algorithm 232", 1964) whose places are
 * entries of the state, so that a state that only gets and puts by key can hold it. A transfer that
 * was posted or voided keeps its place until its time comes.
 */
final class ExpiryQueue {

  private final Entries state;

  ExpiryQueue(Entries state) {
    this.state = state;
  }

  private long count() {
    return state.get(EntryKey.expiry(0)).map(e -> ((ExpiryCount) e).count()).orElse(0L);
  }

  private Expiry place(long place) {
    return (Expiry)
        state
            .get(EntryKey.expiry(place))
            .orElseThrow(() -> new IllegalStateException("no place " + place + " in the queue"));
  }

  void add(TransferId transfer, long time) {
    long place = count() + 1;
    state.put(new ExpiryCount(place));
    Expiry added = new Expiry(place, time, transfer);
    while (place > 1) {
      Expiry parent = place(place / 2);
      if (parent.compareTo(added) <= 0) {
        break;
      }
      state.put(parent.at(place));
      place /= 2;
    }
    state.put(added.at(place));
  }

  /** Takes out the soonest, if its time has come. */
  Optional<TransferId> take(long now) {
    long count = count();
    if (count == 0) {
      return Optional.empty();
    }
    Expiry first = place(1);
    if (first.time() > now) {
      return Optional.empty();
    }
    Expiry last = place(count);
    state.remove(last.key());
    state.put(new ExpiryCount(count - 1));
    if (count > 1) {
      sink(last, count - 1);
    }
    return Optional.of(first.transfer());
  }

  private void sink(Expiry moved, long count) {
    long place = 1;
    while (2 * place <= count) {
      Expiry child = place(2 * place);
      if (2 * place + 1 <= count) {
        Expiry right = place(2 * place + 1);
        child = right.compareTo(child) < 0 ? right : child;
      }
      if (moved.compareTo(child) <= 0) {
        break;
      }
      state.put(child.at(place));
      place = child.place();
    }
    state.put(moved.at(place));
  }
}
