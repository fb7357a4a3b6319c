package io.metanode.economy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Hours, from the first on and before the last.
 *
 * @param from the first hour's number since 1970
 * @param to that of the hour after the last
 */
public record BillPeriod(long from, long to) {

  /** All hours. */
  public static final BillPeriod ALL = new BillPeriod(0, Long.MAX_VALUE);

  private static final long HOUR_SECONDS = 3_600;

  /**
   * @throws IllegalArgumentException if it is empty
   */
  public BillPeriod {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("no period: hours " + from + " to " + to);
    }
  }

  /**
   * A month, day or hour of UTC: {@code 2026-01}, {@code 2026-01-31}, {@code 2026-01-31T17}; or
   * {@code all}.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static BillPeriod parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    try {
      return switch (text.length()) {
        case 7 -> {
          YearMonth month = YearMonth.parse(text);
          yield days(month.atDay(1), month.plusMonths(1).atDay(1));
        }
        case 10 -> {
          LocalDate day = LocalDate.parse(text);
          yield days(day, day.plusDays(1));
        }
        case 13 -> {
          long hour = Instant.parse(text + ":00:00Z").getEpochSecond() / HOUR_SECONDS;
          yield new BillPeriod(hour, hour + 1);
        }
        default -> throw new IllegalArgumentException();
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no period: " + text + "; give 2026-01, 2026-01-31, 2026-01-31T17 (UTC) or all", e);
    }
  }

  private static BillPeriod days(LocalDate from, LocalDate to) {
    return new BillPeriod(hour(from), hour(to));
  }

  private static long hour(LocalDate day) {
    return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC) / HOUR_SECONDS;
  }

  boolean contains(long hour) {
    return hour >= from && hour < to;
  }
}
