package io.metanode.testkit;

import io.metanode.foundation.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A stream of values drawn from a seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014). Equal seeds give equal streams, on every machine.
 */
public final class Gen implements Randomness {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  public Gen(long seed) {
    state = seed;
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** From {@code least} to {@code most}, both included. */
  public long between(long least, long most) {
    if (least > most) {
      throw new IllegalArgumentException("no value between " + least + " and " + most);
    }
    long span = most - least + 1;
    return span == 0 ? nextLong() : least + Long.remainderUnsigned(nextLong(), span);
  }

  /** From {@code least} to {@code most}, both included. */
  public int intBetween(int least, int most) {
    return (int) between(least, most);
  }

  /** True once in {@code n} draws, on average. */
  public boolean oneIn(int n) {
    return between(1, n) == 1;
  }

  public boolean bool() {
    return nextLong() < 0;
  }

  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[intBetween(0, choices.length - 1)];
  }

  public <T> T pick(List<T> choices) {
    return choices.get(intBetween(0, choices.size() - 1));
  }

  /** Between {@code least} and {@code most} elements. */
  public <T> List<T> list(int least, int most, Function<Gen, T> element) {
    int size = intBetween(least, most);
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.apply(this));
    }
    return list;
  }

  /** Lower-case letters and digits, as names are made of. */
  public String name(int least, int most) {
    String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    return text(least, most, alphabet);
  }

  /** Any text: letters, quotes, control characters, umlauts, emoji. */
  public String text(int least, int most) {
    return text(least, most, "aZ09 _-./\\\"'{}[]:,\u0000\u0007\n\t\u007fäß€\u2028漢😀");
  }

  private String text(int least, int most, String alphabet) {
    int[] points = alphabet.codePoints().toArray();
    int length = intBetween(least, most);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(points[intBetween(0, points.length - 1)]);
    }
    return text.toString();
  }

  @Override
  public void fill(byte[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = (byte) nextLong();
    }
  }

  /** An independent stream, whose draws do not disturb this one's. */
  public Gen split() {
    return new Gen(nextLong());
  }
}
