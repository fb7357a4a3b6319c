package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "7, 7ns",
    "1500, 1.5µs",
    "50000000, 50ms",
    "1000000000, 1s",
    "1500000000, 1.5s",
    "60000000000, 1m0s",
    "90250000000, 1m30.25s",
    "3600000000000, 1h0m0s"
  })
  void durationsReadAsGoWritesThem(long nanos, String text) {
    assertEquals(text, GoDuration.of(Duration.ofNanos(nanos)));
  }
}
