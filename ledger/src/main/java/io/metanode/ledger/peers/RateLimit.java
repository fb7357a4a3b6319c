package io.metanode.ledger.peers;

/** A token bucket that says how long to wait instead of refusing. Used by one thread. */
final class RateLimit {

  private static final double NANOS = 1e9;

  private final double perNano;
  private final double most;
  private double tokens;
  private long at;

  /**
   * @param perSecond how many tokens come in a second
   * @param burst how many may be taken at once after a pause
   * @param nowNanos a monotonic reading
   */
  RateLimit(long perSecond, long burst, long nowNanos) {
    perNano = perSecond / NANOS;
    most = burst;
    tokens = burst;
    at = nowNanos;
  }

  /**
   * Takes tokens.
   *
   * @return the nanoseconds to wait before going on
   */
  long take(long count, long nowNanos) {
    tokens = Math.min(most, tokens + (nowNanos - at) * perNano) - count;
    at = nowNanos;
    return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
  }
}
