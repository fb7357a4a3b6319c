package io.metanode.simulation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A running digest of all that happens in a run: two runs with equal digests were the same. */
final class Trace {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private long digest = 1;
  private long steps;

  void add(long time, int node, String what, byte[] detail) {
    digest = mix(step(step(digest, time), node * 31L + what.hashCode()), detail);
    steps++;
  }

  long steps() {
    return steps;
  }

  /** 16 hexadecimal digits. */
  String digest() {
    return "%016x".formatted(digest);
  }

  static long mix(long seed, byte[] bytes) {
    long hash = step(seed, bytes.length);
    int whole = bytes.length / Long.BYTES * Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      hash = step(hash, (long) WORDS.get(bytes, i));
    }
    for (int i = whole; i < bytes.length; i++) {
      hash = step(hash, bytes[i]);
    }
    return hash;
  }

  private static long step(long hash, long word) {
    long z = (hash ^ word) * MULTIPLIER;
    return z ^ (z >>> 29);
  }
}
