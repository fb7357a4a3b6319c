package io.metanode.foundation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * Thirty-two bytes: a hash, or a key. Ordered as unsigned bytes.
 *
 * @param a the first eight bytes, big-endian; {@code b}, {@code c} and {@code d} are the rest
 */
public record Bytes32(long a, long b, long c, long d) implements Comparable<Bytes32> {

  public static final int LENGTH = 32;
  public static final Bytes32 ZERO = new Bytes32(0, 0, 0, 0);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * The value of exactly 32 bytes.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static Bytes32 of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("32 bytes expected, not " + bytes.length);
    }
    return of(bytes, 0);
  }

  /** The value of the 32 bytes from {@code offset}. */
  public static Bytes32 of(byte[] bytes, int offset) {
    return new Bytes32(
        (long) LONGS.get(bytes, offset),
        (long) LONGS.get(bytes, offset + 8),
        (long) LONGS.get(bytes, offset + 16),
        (long) LONGS.get(bytes, offset + 24));
  }

  /** The value of 64 hexadecimal digits. */
  public static Bytes32 ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    byte[] bytes = new byte[LENGTH];
    writeTo(bytes, 0);
    return bytes;
  }

  /** Writes the 32 bytes into {@code target} from {@code offset}. */
  public void writeTo(byte[] target, int offset) {
    LONGS.set(target, offset, a);
    LONGS.set(target, offset + 8, b);
    LONGS.set(target, offset + 16, c);
    LONGS.set(target, offset + 24, d);
  }

  @Override
  public int compareTo(Bytes32 other) {
    if (a != other.a) {
      return Long.compareUnsigned(a, other.a);
    }
    if (b != other.b) {
      return Long.compareUnsigned(b, other.b);
    }
    return c != other.c ? Long.compareUnsigned(c, other.c) : Long.compareUnsigned(d, other.d);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes32 that
        && a == that.a
        && b == that.b
        && c == that.c
        && d == that.d;
  }

  /** Not the record's: ids are hashes already, and maps of them are on the hot path. */
  @Override
  public int hashCode() {
    return Long.hashCode(a ^ d);
  }

  /** The 64 hexadecimal digits, in lower case. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
