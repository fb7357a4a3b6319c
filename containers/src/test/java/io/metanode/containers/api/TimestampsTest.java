package io.metanode.containers.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.containers.http.ApiException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TimestampsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  @Test
  void readsDurationsBeforeNow() throws ApiException {
    assertEquals(Instant.parse("2026-01-01T00:00:00Z"), Timestamps.before("24h", NOW));
    assertEquals(Instant.parse("2026-01-01T22:29:59.500Z"), Timestamps.before("1h30m0.5s", NOW));
    assertEquals(Instant.parse("2026-01-01T23:59:59.750Z"), Timestamps.before("250ms", NOW));
  }

  @Test
  void readsPointsInTime() throws ApiException {
    assertEquals(Instant.ofEpochSecond(12), Timestamps.before("12", NOW));
    assertEquals(
        Instant.parse("2025-05-05T05:05:05Z"), Timestamps.before("2025-05-05T05:05:05Z", NOW));
  }

  @Test
  void refusesTheRest() {
    for (String text : new String[] {"", "soon", "1d", "h", "-", "1h1"}) {
      assertThrows(ApiException.class, () -> Timestamps.before(text, NOW), text);
    }
  }
}
