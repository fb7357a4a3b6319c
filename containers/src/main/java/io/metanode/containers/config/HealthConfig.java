package io.metanode.containers.config;

import io.metanode.containers.http.ApiException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How a container's health is probed; durations in nanoseconds, Docker's defaults filled in. */
public final class HealthConfig extends View {

  private static final long SECOND = 1_000_000_000L;
  private static final long SHORTEST_NANOS = 1_000_000L;

  HealthConfig(ObjectNode object) {
    super(object);
  }

  /** {@code NONE}, {@code CMD} with arguments, or {@code CMD-SHELL} with a line. */
  public List<String> test() {
    return texts("Test");
  }

  public boolean enabled() {
    List<String> test = test();
    return test.size() > 1 && !test.getFirst().equals("NONE");
  }

  public long intervalNanos() {
    return or("Interval", 30 * SECOND);
  }

  public long timeoutNanos() {
    return or("Timeout", 30 * SECOND);
  }

  public long startPeriodNanos() {
    return or("StartPeriod", 0);
  }

  public long startIntervalNanos() {
    return or("StartInterval", 5 * SECOND);
  }

  public int retries() {
    return (int) Math.min(Integer.MAX_VALUE, or("Retries", 3));
  }

  private long or(String field, long ifZero) {
    long value = number(field);
    return value == 0 ? ifZero : value;
  }

  /**
   * @throws ApiException 400 in Docker's words if a duration is too short or a number negative
   */
  public void check() throws ApiException {
    List<String> test = test();
    if (!test.isEmpty() && !List.of("NONE", "CMD", "CMD-SHELL").contains(test.getFirst())) {
      throw ApiException.badRequest(
          "Unknown healthcheck type '" + test.getFirst() + "' (expected 'CMD')");
    }
    for (String field : List.of("Interval", "Timeout", "StartPeriod", "StartInterval")) {
      long nanos = number(field);
      if (nanos != 0 && nanos < SHORTEST_NANOS) {
        throw ApiException.badRequest(field + " in Healthcheck cannot be less than 1ms");
      }
    }
    if (number("Retries") < 0) {
      throw ApiException.badRequest("Retries in Healthcheck cannot be negative");
    }
  }
}
