package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Points in time in query parameters, as {@code since} and {@code until} have them. */
public final class Timestamps {

  private static final int LONGEST = 40;

  private Timestamps() {}

  /**
   * Reads seconds since 1970 with an optional fraction, or RFC 3339.
   *
   * @throws ApiException 400 if it is neither
   */
  public static Instant parse(String text) throws ApiException {
    try {
      if (text.matches("-?[0-9]{1,18}(\\.[0-9]{0,18})?")) {
        BigDecimal seconds = new BigDecimal(text);
        long whole = seconds.toBigInteger().longValueExact();
        return Instant.ofEpochSecond(
            whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
      }
      if (text.length() <= LONGEST) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Refused below.
    }
    throw ApiException.badRequest("invalid timestamp: " + text);
  }
}
