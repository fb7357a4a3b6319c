package io.metanode.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * BLAKE3 in its keyed mode, of messages of exactly 64 bytes: one compression, as the nodes of a
 * Merkle tree need it (BLAKE3 specification, 2020, sections 2.2 and 2.3). The key separates kinds
 * of nodes. Many times as fast as a general implementation, which tests hold it against.
 */
public final class Blake3Pair {

  private static final int CHUNK_START = 1;
  private static final int CHUNK_END = 2;
  private static final int ROOT = 8;
  private static final int KEYED_HASH = 16;
  private static final int FLAGS = CHUNK_START | CHUNK_END | ROOT | KEYED_HASH;
  private static final int BLOCK_LENGTH = 64;
  private static final int KEY_LENGTH = 32;
  private static final int[] START = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0, 0, BLOCK_LENGTH, FLAGS
  };

  private static final int MESSAGE = 8;
  private static final int HASH = 4;

  /** Hashes of many messages in native code, null where that cannot be. */
  private static final @Nullable MethodHandle PAIRS = pairs();

  private final int[] key;

  /**
   * @param key 32 bytes
   */
  public Blake3Pair(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    this.key = new int[KEY_LENGTH / Integer.BYTES];
    ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(this.key);
  }

  private static @Nullable MethodHandle pairs() {
    if (!NativeLanes.hasVectors()) {
      return null;
    }
    return NativeCode.library()
        .map(
            library ->
                NativeCode.handle(
                    library,
                    "blake3_pairs",
                    FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_INT)))
        .orElse(null);
  }

  /** Where a hash goes, as four big-endian numbers. */
  @FunctionalInterface
  public interface Result<T> {
    T of(long a, long b, long c, long d);
  }

  /**
   * The hashes of many messages at once, eight of them in the lanes of a vector where the processor
   * has those.
   *
   * @param messages eight big-endian numbers each
   * @param hashes where they go, four such numbers each
   * @param count how many
   */
  public void hash(long[] messages, long[] hashes, int count) {
    Objects.checkFromIndexSize(0, count * MESSAGE, messages.length);
    Objects.checkFromIndexSize(0, count * HASH, hashes.length);
    MethodHandle pairs = PAIRS;
    if (pairs == null) {
      hashInJava(messages, hashes, count);
      return;
    }
    try {
      pairs.invokeExact(
          MemorySegment.ofArray(hashes),
          MemorySegment.ofArray(key),
          MemorySegment.ofArray(messages),
          count);
    } catch (Throwable e) {
      throw NativeCode.failed(e);
    }
  }

  /** The hash of 64 bytes, given as eight big-endian numbers. */
  public <T> T hash(
      long a, long b, long c, long d, long e, long f, long g, long h, Result<T> result) {
    long[] hash = new long[HASH];
    hash(new long[] {a, b, c, d, e, f, g, h}, hash, 1);
    return result.of(hash[0], hash[1], hash[2], hash[3]);
  }

  void hashInJava(long[] messages, long[] hashes, int count) {
    for (int i = 0; i < count; i++) {
      hashInJava(messages, i * MESSAGE, hashes, i * HASH);
    }
  }

  private void hashInJava(long[] messages, int from, long[] hashes, int to) {
    int[] m = new int[2 * MESSAGE];
    for (int i = 0; i < MESSAGE; i++) {
      m[2 * i] = high(messages[from + i]);
      m[2 * i + 1] = low(messages[from + i]);
    }
    int[] v = Arrays.copyOf(key, 2 * MESSAGE);
    System.arraycopy(START, 0, v, MESSAGE, START.length);
    round(v, m);
    int[] m1 = permuted(m);
    round(v, m1);
    int[] m2 = permuted(m1);
    round(v, m2);
    int[] m3 = permuted(m2);
    round(v, m3);
    int[] m4 = permuted(m3);
    round(v, m4);
    int[] m5 = permuted(m4);
    round(v, m5);
    round(v, permuted(m5));
    for (int i = 0; i < HASH; i++) {
      hashes[to + i] = join(v[2 * i] ^ v[2 * i + 8], v[2 * i + 1] ^ v[2 * i + 9]);
    }
  }

  private static int high(long value) {
    return Integer.reverseBytes((int) (value >>> 32));
  }

  private static int low(long value) {
    return Integer.reverseBytes((int) value);
  }

  private static long join(int high, int low) {
    return Integer.toUnsignedLong(Integer.reverseBytes(high)) << 32
        | Integer.toUnsignedLong(Integer.reverseBytes(low));
  }

  private static void round(int[] v, int[] m) {
    mix(v, 0, 4, 8, 12, m[0], m[1]);
    mix(v, 1, 5, 9, 13, m[2], m[3]);
    mix(v, 2, 6, 10, 14, m[4], m[5]);
    mix(v, 3, 7, 11, 15, m[6], m[7]);
    mix(v, 0, 5, 10, 15, m[8], m[9]);
    mix(v, 1, 6, 11, 12, m[10], m[11]);
    mix(v, 2, 7, 8, 13, m[12], m[13]);
    mix(v, 3, 4, 9, 14, m[14], m[15]);
  }

  private static void mix(int[] v, int a, int b, int c, int d, int x, int y) {
    int va = v[a] + v[b] + x;
    int vd = Integer.rotateRight(v[d] ^ va, 16);
    int vc = v[c] + vd;
    int vb = Integer.rotateRight(v[b] ^ vc, 12);
    va += vb + y;
    vd = Integer.rotateRight(vd ^ va, 8);
    vc += vd;
    v[a] = va;
    v[b] = Integer.rotateRight(vb ^ vc, 7);
    v[c] = vc;
    v[d] = vd;
  }

  private static int[] permuted(int[] m) {
    return new int[] {
      m[2], m[6], m[3], m[10], m[7], m[0], m[4], m[13],
      m[1], m[11], m[12], m[5], m[9], m[14], m[15], m[8]
    };
  }

  /** The key named by a label: BLAKE3 of it. */
  public static Blake3Pair named(String label) {
    return new Blake3Pair(
        Arrays.copyOf(Blake3.of(label.getBytes(StandardCharsets.US_ASCII)), KEY_LENGTH));
  }
}
