package io.metanode.ledger.transaction;

import io.metanode.foundation.Bytes32;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of many accounts. The ids lie in one array, by open addressing with linear
 * probing (Knuth, The Art of Computer Programming 3, 6.4): to find one touches a line or two of
 * memory, where a {@link HashMap} follows four references, none of which is in a cache.
 *
 * <p>Whoever makes ids may choose them so that all belong in one place. What does not find room
 * within a few places of its own lies in a map that bears that. Nothing is taken out but all
 * together, and nothing depends on an order. Used by one thread.
 */
public final class AccountTable<V> {

  private static final int WORDS = 4;
  private static final int LEAST = 16;

  /** As far as a value may lie from its place. */
  private static final int NEAR = 32;

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final Map<Bytes32, V> crowded = new HashMap<>();
  private long[] ids;
  private @Nullable Object[] values;
  private int here;

  /**
   * @param expected how many accounts there may be; more are taken as well
   */
  public AccountTable(int expected) {
    int places = Math.max(LEAST, Integer.highestOneBit(expected) * 4);
    ids = new long[places * WORDS];
    values = new Object[places];
  }

  public int size() {
    return here + crowded.size();
  }

  public void clear() {
    Arrays.fill(values, null);
    crowded.clear();
    here = 0;
  }

  /** The first bits of a product (Knuth, 6.4, "multiplicative hashing"). */
  private int home(Bytes32 id) {
    int bits = Integer.numberOfTrailingZeros(values.length);
    return (int) (((id.a() ^ id.d()) * GOLDEN) >>> (Long.SIZE - bits));
  }

  private boolean isAt(int place, Bytes32 id) {
    int at = place * WORDS;
    return ids[at] == id.a()
        && ids[at + 1] == id.b()
        && ids[at + 2] == id.c()
        && ids[at + 3] == id.d();
  }

  /** Where the id is, or else where there is room for it; -1 if neither is near. */
  private int place(Bytes32 id) {
    int mask = values.length - 1;
    int home = home(id);
    for (int i = 0; i < NEAR; i++) {
      int place = (home + i) & mask;
      if (values[place] == null || isAt(place, id)) {
        return place;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V get(AccountId account) {
    int place = place(account.value());
    V value = place < 0 ? null : (V) values[place];
    return value != null || crowded.isEmpty() ? value : crowded.get(account.value());
  }

  public void put(AccountId account, V value) {
    Bytes32 id = account.value();
    int place = place(id);
    if (place >= 0 && values[place] != null) {
      values[place] = value;
    } else if (place < 0 || (!crowded.isEmpty() && crowded.containsKey(id))) {
      crowded.put(id, value);
    } else {
      insert(place, id, value);
    }
  }

  private void insert(int place, Bytes32 id, V value) {
    int at = place * WORDS;
    ids[at] = id.a();
    ids[at + 1] = id.b();
    ids[at + 2] = id.c();
    ids[at + 3] = id.d();
    values[place] = value;
    here++;
    if (here * 2 > values.length) {
      grow();
    }
  }

  @SuppressWarnings("unchecked")
  private void grow() {
    long[] oldIds = ids;
    @Nullable Object[] old = values;
    ids = new long[oldIds.length * 2];
    values = new Object[old.length * 2];
    here = 0;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        int at = i * WORDS;
        put(
            new AccountId(new Bytes32(oldIds[at], oldIds[at + 1], oldIds[at + 2], oldIds[at + 3])),
            (V) old[i]);
      }
    }
  }
}
