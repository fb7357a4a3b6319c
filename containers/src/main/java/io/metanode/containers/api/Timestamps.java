package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time in query parameters, as {@code since} and {@code until} have them. */
public final class Timestamps {

  private static final int LONGEST = 40;

  /** Go's form; one number is bounded so that the sum fits. */
  private static final String PART = "(\\d{1,7}(?:\\.\\d{1,9})?)(h|ms|us|µs|ns|m|s)";

  private static final Pattern DURATION_PART = Pattern.compile(PART);
  private static final Pattern DURATION = Pattern.compile("(?:" + PART + "){1,6}");

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

  /**
   * Reads a point in time as {@link #parse}, or a duration before now such as {@code 1h30m}.
   *
   * @throws ApiException 400 if it is neither
   */
  public static Instant before(String text, Instant now) throws ApiException {
    if (!DURATION.matcher(text).matches()) {
      return parse(text);
    }
    BigDecimal seconds = BigDecimal.ZERO;
    Matcher part = DURATION_PART.matcher(text);
    while (part.find()) {
      BigDecimal unit =
          switch (part.group(2)) {
            case "h" -> BigDecimal.valueOf(3600);
            case "m" -> BigDecimal.valueOf(60);
            case "s" -> BigDecimal.ONE;
            case "ms" -> BigDecimal.valueOf(1, 3);
            case "ns" -> BigDecimal.valueOf(1, 9);
            default -> BigDecimal.valueOf(1, 6);
          };
      seconds = seconds.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return now.minusNanos(seconds.movePointRight(9).longValue());
  }
}
