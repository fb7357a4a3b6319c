package io.metanode.ledger.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RateLimitTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void burstIsFreeAndTheRestWaits() {
    RateLimit limit = new RateLimit(100, 50, 0);
    assertEquals(0, limit.take(50, 0));
    assertEquals(SECOND / 10, limit.take(10, 0));
    assertEquals(SECOND / 5, limit.take(10, 0));
  }

  @Test
  void pauseFillsNoMoreThanTheBurst() {
    RateLimit limit = new RateLimit(100, 50, 0);
    assertEquals(0, limit.take(50, 10 * SECOND));
    assertEquals(SECOND / 2, limit.take(50, 10 * SECOND));
  }

  @Test
  void readingsMayBeNegative() {
    RateLimit limit = new RateLimit(1, 1, -5 * SECOND);
    assertEquals(0, limit.take(1, -5 * SECOND));
    assertEquals(0, limit.take(1, -4 * SECOND));
  }
}
