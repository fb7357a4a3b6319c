package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that run on are billed in the hours in which they run. */
class HourlyReceiptsTest {

  private static final long SECOND = 1_000_000_000;

  @TempDir Path directory;

  private EngineHarness node;

  @BeforeEach
  void open() throws IOException {
    node = new EngineHarness(directory);
    node.reopen();
  }

  private List<Step> metered() {
    return node.receipts.steps().stream()
        .filter(step -> step.operation().equals("container.meter"))
        .toList();
  }

  @Test
  void eachHourHasItsReceiptOfWhatWasUsedInIt() throws Exception {
    node.started("{}");
    node.create("idle", "{}");
    node.host.counts(FakeHost.reading(7 * SECOND, 0, 0));
    node.seconds(3_600);
    node.host.counts(FakeHost.reading(9 * SECOND, 0, 0));
    node.seconds(3_600);
    assertEquals(2, metered().size(), "one an hour, and none of what does not run");
    assertEquals(7 * SECOND, metered().getFirst().usage().cpuMs());
    assertEquals(2 * SECOND, metered().getLast().usage().cpuMs());
    for (Step step : metered()) {
      var time = step.finishedAt().atOffset(ZoneOffset.UTC);
      assertTrue(time.getMinute() == 59 && time.getSecond() >= 57, time + "");
    }
  }

  @Test
  void aContainerThatRunsOnHoldsNothingMoreEachSecond() throws Exception {
    node.started("{}");
    int waiting = node.runner.last().waiting();
    node.seconds(7_200);
    assertEquals(waiting, node.runner.last().waiting());
  }

  @Test
  void whatCannotBeReceiptedStaysDue() throws Exception {
    node.started("{}");
    node.host.counts(FakeHost.reading(7 * SECOND, 0, 0));
    node.receipts.full(true);
    node.seconds(3_600);
    assertEquals(List.of(), metered());
    node.receipts.full(false);
    node.receipts.broken(true);
    node.host.counts(FakeHost.reading(8 * SECOND, 0, 0));
    node.seconds(3_600);
    assertEquals(List.of(), metered());
    node.receipts.broken(false);
    node.seconds(3_600);
    assertEquals(8 * SECOND, metered().getFirst().usage().cpuMs());
  }
}
