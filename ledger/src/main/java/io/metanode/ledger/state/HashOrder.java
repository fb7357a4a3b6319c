package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Sorts by hashes. What is compared is the first bits of each beside its place in one number:
 * hashes that agree in those are rare, and only they are compared in full.
 */
public final class HashOrder {

  private HashOrder() {}

  /**
   * The elements in ascending order of their keys; those of equal keys stay in order.
   *
   * @param key 32 bytes of an element, whose first ones differ as those of hashes do: others are
   *     sorted as well, but take as long as comparing them all
   */
  public static <T> List<T> sorted(List<T> elements, Function<T, Bytes32> key) {
    int count = elements.size();
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
    long places = (1L << bits) - 1;
    long[] marks = new long[count];
    for (int i = 0; i < count; i++) {
      // Numbers are sorted as signed ones.
      long first = key.apply(elements.get(i)).a() ^ Long.MIN_VALUE;
      marks[i] = (first & ~places) | i;
    }
    Arrays.sort(marks);
    @SuppressWarnings("unchecked")
    T[] sorted = (T[]) new Object[count];
    int run = 0;
    for (int i = 0; i < count; i++) {
      sorted[i] = elements.get((int) (marks[i] & places));
      boolean ends = i + 1 == count || (marks[i] & ~places) != (marks[i + 1] & ~places);
      if (ends) {
        if (i > run) {
          Arrays.sort(sorted, run, i + 1, Comparator.comparing(key));
        }
        run = i + 1;
      }
    }
    return Arrays.asList(sorted);
  }
}
