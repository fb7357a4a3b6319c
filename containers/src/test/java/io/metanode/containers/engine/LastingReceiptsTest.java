package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.receipts.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that fails when a container ends: nobody hears of the end before its receipt lasts. */
final class LastingReceiptsTest {

  @TempDir Path directory;
  private EngineHarness node;

  @BeforeEach
  void open() throws IOException {
    node = new EngineHarness(directory);
  }

  @Test
  void endIsUnknownUntilTheLogTakesIt() throws Exception {
    Container container = node.started("{}");
    ContainerWait wait = node.engine().await(container, false);
    node.receipts.broken(true);
    node.runner.last().end(5);
    assertEquals(Optional.empty(), wait.await(Duration.ZERO));
    assertFalse(node.engine().settled(container));
    assertFalse(node.events.contains("die"));
    assertTrue(container.state().run().error().contains("not durable"));
    node.receipts.broken(false);
    node.seconds(1);
    assertEquals(Optional.of(new ContainerWait.End(5, "")), wait.await(Duration.ZERO));
    assertEquals(Status.EXITED, container.state().status());
    assertEquals("", container.state().run().error());
    assertEquals(
        List.of("container.create", "container.start", "container.exit"), node.receipts.names());
  }

  @Test
  void usageOfALostReceiptIsOnTheNext() throws Exception {
    Container container = node.started("{}");
    node.receipts.broken(true);
    node.host.counts(FakeHost.reading(123_456, 0, 0));
    node.runner.last().end(0);
    node.seconds(1);
    node.receipts.broken(false);
    node.seconds(2);
    assertTrue(node.engine().settled(container));
    assertEquals(123_456, node.receipts.steps().getLast().usage().cpuMs());
  }

  @Test
  void autoRemoveWaitsForBothReceipts() throws Exception {
    Container container = node.started("{\"AutoRemove\":true}");
    node.receipts.full(true);
    node.runner.last().end(0);
    assertTrue(node.exists(container));
    node.receipts.full(false);
    node.seconds(1);
    assertFalse(node.exists(container));
    assertEquals(
        List.of("container.create", "container.start", "container.exit", "container.remove"),
        node.receipts.names());
  }

  @Test
  void noRestartBeforeTheEndIsReceipted() throws Exception {
    node.started("{\"RestartPolicy\":{\"Name\":\"always\"}}");
    node.receipts.broken(true);
    node.runner.last().end(1);
    node.timers.advance(Duration.ofMillis(900));
    assertEquals(1, node.runner.started().size());
    node.receipts.broken(false);
    node.seconds(2);
    assertEquals(2, node.runner.started().size());
  }

  @Test
  void endThatWasNotReceiptedIsReceiptedByTheNextEngine() throws Exception {
    Container container = node.started("{}");
    node.receipts.broken(true);
    node.host.counts(FakeHost.reading(777, 0, 0));
    node.runner.last().end(9);
    node.receipts.broken(false);
    node.reopen();
    Container found = node.current(container);
    assertEquals(Status.EXITED, found.state().status());
    assertEquals(9, found.state().run().exitCode());
    assertEquals(new Outcome.Exited(9, false), node.receipts.steps().getLast().outcome());
    assertEquals(777, node.receipts.steps().stream().mapToLong(step -> step.usage().cpuMs()).sum());
  }
}
