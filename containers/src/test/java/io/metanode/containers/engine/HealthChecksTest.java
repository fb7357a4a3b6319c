package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthChecksTest {

  private static final String EVERY_TWO_SECONDS =
      "\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"probe\"],\"Interval\":2000000000,\"Retries\":2";

  @TempDir Path directory;
  private EngineHarness node;

  @BeforeEach
  void open() throws IOException {
    node = new EngineHarness(directory);
  }

  private Container started(String health) throws Exception {
    Container container = node.createWith("cc", health);
    node.engine().start(EngineHarness.CLIENT, container);
    return container;
  }

  private static Health.Condition condition(Container container) {
    return container.health().orElseThrow().condition();
  }

  @Test
  void firstProbeComesAfterTheInterval() throws Exception {
    Container container = started(EVERY_TWO_SECONDS + "}");
    assertEquals(Health.Condition.STARTING, condition(container));
    node.seconds(1);
    assertTrue(container.health().orElseThrow().log().isEmpty());
    node.seconds(1);
    assertEquals(Health.Condition.HEALTHY, condition(container));
    assertTrue(node.events.contains("health_status: healthy"));
    assertTrue(node.receipts.names().containsAll(List.of("container.exec", "container.exec-exit")));
  }

  @Test
  void unhealthyWhereNothingProbesAnyMore() throws Exception {
    Container container = started(EVERY_TWO_SECONDS + "}");
    node.seconds(2);
    assertEquals(Health.Condition.HEALTHY, condition(container));
    node.engine().pause(EngineHarness.CLIENT, container);
    assertEquals(Health.Condition.UNHEALTHY, condition(container));
    node.engine().unpause(EngineHarness.CLIENT, container);
    node.seconds(2);
    assertEquals(Health.Condition.HEALTHY, condition(container));
    node.runner.last().end(0);
    assertEquals(Health.Condition.UNHEALTHY, condition(container));
    assertEquals(2, container.health().orElseThrow().log().size());
  }

  @Test
  void unhealthyAfterAsManyFailuresAsRetries() throws Exception {
    Container container = started(EVERY_TWO_SECONDS + "}");
    node.runner.execsEndWith(1);
    node.seconds(2);
    assertEquals(Health.Condition.STARTING, condition(container));
    node.seconds(2);
    assertEquals(Health.Condition.UNHEALTHY, condition(container));
    node.runner.execsEndWith(0);
    node.seconds(2);
    assertEquals(Health.Condition.HEALTHY, condition(container));
    assertEquals(0, container.health().orElseThrow().failingStreak());
  }

  @Test
  void failuresInTheStartPeriodDoNotCount() throws Exception {
    Container container =
        started(EVERY_TWO_SECONDS + ",\"StartPeriod\":10000000000,\"StartInterval\":1000000000}");
    node.runner.execsEndWith(1);
    node.seconds(9);
    assertEquals(Health.Condition.STARTING, condition(container));
    assertEquals(0, container.health().orElseThrow().failingStreak());
    node.seconds(6);
    assertEquals(Health.Condition.UNHEALTHY, condition(container));
  }

  @Test
  void keepsTheLastFiveResults() throws Exception {
    Container container = started(EVERY_TWO_SECONDS + "}");
    node.seconds(20);
    assertEquals(5, container.health().orElseThrow().log().size());
  }

  @Test
  void nothingIsProbedAfterTheEndNorWhereItIsSwitchedOff() throws Exception {
    started(EVERY_TWO_SECONDS + "}");
    node.runner.last().end(0);
    int receipts = node.receipts.names().size();
    node.seconds(60);
    assertEquals(receipts, node.receipts.names().size());
    Container off = node.createWith("off", "\"Healthcheck\":{\"Test\":[\"NONE\"]}");
    node.engine().start(EngineHarness.CLIENT, off);
    assertFalse(off.health().isPresent());
  }
}
