package io.metanode.ledger.peers;

import io.metanode.foundation.Randomness;
import java.time.Duration;

/**
 * How long to wait before the next attempt: doubling up to a cap, each time a random part between
 * half and all of it, so that validators that lost each other do not all come back at once. Used by
 * one thread.
 */
final class Backoff {

  private final Duration first;
  private final Duration most;
  private final Randomness randomness;
  private Duration next;

  Backoff(Duration first, Duration most, Randomness randomness) {
    this.first = first;
    this.most = most;
    this.randomness = randomness;
    this.next = first;
  }

  Duration next() {
    long full = next.toMillis();
    long part = Math.floorMod(littleEndian(randomness.bytes(Integer.BYTES)), full / 2 + 1);
    next = next.compareTo(most.dividedBy(2)) > 0 ? most : next.multipliedBy(2);
    return Duration.ofMillis(full - part);
  }

  /** An attempt went well. */
  void reset() {
    next = first;
  }

  private static long littleEndian(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | (bytes[i] & 0xff);
    }
    return value;
  }
}
