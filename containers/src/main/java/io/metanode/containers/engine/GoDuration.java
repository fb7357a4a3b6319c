package io.metanode.containers.engine;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as Docker's messages write them: {@code time.Duration.String} of Go. */
final class GoDuration {

  private static final long MILLION = 1_000_000;
  private static final long BILLION = 1_000_000_000;

  private GoDuration() {}

  /**
   * @param duration not negative
   * @return for example {@code 50ms}, {@code 1.5s} or {@code 1m0s}
   */
  static String of(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1000) {
      return nanos + "ns";
    }
    if (nanos < MILLION) {
      return shortest(nanos, 3) + "µs";
    }
    if (nanos < BILLION) {
      return shortest(nanos, 6) + "ms";
    }
    long minutes = duration.toMinutes();
    String seconds = shortest(nanos - minutes * 60 * BILLION, 9) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return minutes < 60
        ? minutes + "m" + seconds
        : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
  }

  private static String shortest(long nanos, int digits) {
    BigDecimal value = BigDecimal.valueOf(nanos, digits).stripTrailingZeros();
    return value.toPlainString();
  }
}
