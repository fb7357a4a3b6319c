package io.metanode.ledger.transaction;

import io.metanode.foundation.Bytes32;
import org.jspecify.annotations.Nullable;

/**
 * What is known of signatures, by the ids of their transactions. It forgets: an id has its place in
 * one of many small sets, and a new one takes that of the oldest in its set. Whoever grinds ids for
 * one set makes it forget no other. All of it lies in four arrays, which a collection of garbage
 * has nothing to follow in, and which grow with what is put until they hold what they are to. Not
 * safe for use by many threads.
 */
final class Verdicts {

  /** Of the ids last put, {@code capacity} fill half of the places: few sets have more than all. */
  private static final int WAYS = 16;

  private static final int FEWEST_SETS = 64;
  private static final int HOLDS = 1;
  private static final int REFUSED = 2;

  /** The first eight bytes of each id, apart: they lie together and tell most ids apart. */
  private long[] first;

  private long[] rest;
  private byte[] verdicts;

  /** Where the next id of each set goes. */
  private byte[] next;

  private final int mostSets;
  private int put;

  /**
   * @param capacity how many are kept, but for one in a hundred
   */
  Verdicts(int capacity) {
    mostSets = Integer.highestOneBit(Math.max(1, (2 * capacity - 1) / WAYS)) * 2;
    int sets = Math.min(FEWEST_SETS, mostSets);
    next = new byte[sets];
    verdicts = new byte[sets * WAYS];
    first = new long[verdicts.length];
    rest = new long[verdicts.length * 3];
  }

  private int set(Bytes32 id) {
    return (int) (id.a() ^ id.d()) & (next.length - 1);
  }

  /** Whether its signature holds; null if that is not known. */
  @Nullable Boolean get(TransactionId transaction) {
    Bytes32 id = transaction.value();
    int from = set(id) * WAYS;
    for (int place = from; place < from + WAYS; place++) {
      if (first[place] == id.a() && verdicts[place] != 0 && rest(place, id)) {
        return verdicts[place] == HOLDS;
      }
    }
    return null;
  }

  private boolean rest(int place, Bytes32 id) {
    int at = place * 3;
    return rest[at] == id.b() && rest[at + 1] == id.c() && rest[at + 2] == id.d();
  }

  /** Keeps a verdict on an id that has none. */
  void put(TransactionId transaction, boolean holds) {
    if (put >= verdicts.length / 2 && next.length < mostSets) {
      grow();
    }
    put++;
    insert(transaction.value(), (byte) (holds ? HOLDS : REFUSED));
  }

  private void insert(Bytes32 id, byte verdict) {
    int set = set(id);
    int place = set * WAYS + next[set];
    next[set] = (byte) ((next[set] + 1) % WAYS);
    verdicts[place] = verdict;
    first[place] = id.a();
    rest[place * 3] = id.b();
    rest[place * 3 + 1] = id.c();
    rest[place * 3 + 2] = id.d();
  }

  /** Doubles the sets; each id goes where it belongs now, the older of a set before the newer. */
  private void grow() {
    byte[] oldNext = next;
    byte[] oldVerdicts = verdicts;
    long[] oldFirst = first;
    long[] oldRest = rest;
    next = new byte[2 * oldNext.length];
    verdicts = new byte[2 * oldVerdicts.length];
    first = new long[verdicts.length];
    rest = new long[verdicts.length * 3];
    for (int set = 0; set < oldNext.length; set++) {
      for (int i = 0; i < WAYS; i++) {
        int place = set * WAYS + (oldNext[set] + i) % WAYS;
        if (oldVerdicts[place] != 0) {
          int at = place * 3;
          insert(
              new Bytes32(oldFirst[place], oldRest[at], oldRest[at + 1], oldRest[at + 2]),
              oldVerdicts[place]);
        }
      }
    }
  }
}
