package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next engine makes of what a killed one left. */
final class RecoveryTest {

  @TempDir Path directory;
  private EngineHarness node;

  @BeforeEach
  void open() throws IOException {
    node = new EngineHarness(directory);
  }

  @Test
  void runningContainersRunOn() throws Exception {
    Container container = node.started("{}");
    node.reopen();
    Container found = node.current(container);
    assertEquals(Status.RUNNING, found.state().status());
    assertEquals("cc", found.state().name());
    node.runner.last().end(2);
    assertEquals(Status.EXITED, found.state().status());
    assertEquals(
        List.of("container.create", "container.start", "container.recover", "container.exit"),
        node.receipts.names());
  }

  @Test
  void whatWasTakenForAReceiptThatTheCrashKeptFromTheLogIsReceiptedOnce() throws Exception {
    Container container = node.started("{}");
    node.host.counts(FakeHost.reading(500, 0, 0));
    node.receipts.broken(true);
    assertThrows(ApiException.class, () -> node.engine().pause(EngineHarness.CLIENT, container));
    node.receipts.broken(false);
    node.reopen();
    assertEquals(500, receiptedCpu());
    node.reopen();
    assertEquals(500, receiptedCpu());
  }

  private long receiptedCpu() {
    return node.receipts.steps().stream().mapToLong(step -> step.usage().cpuMs()).sum();
  }

  @Test
  void endsThatNobodySawAreFound() throws Exception {
    Container container = node.started("{}");
    node.kill();
    FakeRunner.FakeProcess process = node.runner.last();
    process.end(6);
    node.reopen();
    assertEquals(6, node.current(container).state().run().exitCode());
    assertTrue(process.released());
  }

  @Test
  void everythingIsAdoptedAndSweptBeforeAnythingStarts() throws Exception {
    Container running = node.started("{}");
    Container always = node.create("always", "{\"RestartPolicy\":{\"Name\":\"always\"}}");
    node.engine().start(EngineHarness.CLIENT, always);
    node.runner.last().end(1);
    node.host.calls().clear();
    node.reopen();
    node.seconds(1);
    List<String> calls =
        node.host.calls().stream().filter(c -> !c.equals("remove groups")).toList();
    assertEquals("adopt", calls.getFirst());
    assertTrue(calls.indexOf("sweep") < calls.indexOf("connect"), calls.toString());
    assertEquals(Status.RUNNING, node.current(running).state().status());
    assertEquals(Status.RUNNING, node.current(always).state().status());
  }

  @Test
  void halfMadeContainersGo() throws Exception {
    Path broken = Files.createDirectories(directory.resolve("containers").resolve("f".repeat(64)));
    Files.writeString(broken.resolve("config.json"), "{\"version\":1,");
    node.reopen();
    assertFalse(Files.exists(broken));
    assertTrue(node.engine().containers().all().isEmpty());
  }

  @Test
  void removalThatWasBegunIsFinished() throws Exception {
    Container container = node.create("cc", "{}");
    container.lock();
    try {
      container.change(state -> state.removing(true));
    } finally {
      container.unlock();
    }
    node.host.calls().clear();
    node.reopen();
    assertFalse(node.exists(container));
    assertTrue(node.host.calls().contains("remove volumes"), node.host.calls().toString());
    assertFalse(Files.exists(directory.resolve("containers").resolve(container.id())));
    assertTrue(node.host.fileSystems().isEmpty());
    assertEquals("container.remove", node.receipts.names().getLast());
  }

  @Test
  void everyContainerFoundIsReceipted() throws Exception {
    node.create("aa", "{}");
    node.create("bb", "{}");
    node.reopen();
    assertEquals(2, node.receipts.names().stream().filter("container.recover"::equals).count());
  }

  @Test
  void aStartThatCameToNothingIsNoRun() throws Exception {
    Container container = node.create("cc", "{}");
    container.lock();
    try {
      container.change(state -> state.withRun(state.run().starting("cc-run")));
    } finally {
      container.unlock();
    }
    node.reopen();
    State found = node.current(container).state();
    assertEquals(Status.CREATED, found.status());
    assertEquals(Run.NEVER, found.run().startedAt());
    assertEquals(new Outcome.Done(), node.receipts.steps().getLast().outcome());
  }

  @Test
  void anEndThatWasReceiptedBeforeItWasSavedIsReceiptedOnce() throws Exception {
    Container container = node.started("{}");
    assertEquals(3, endsAgain(container));
    assertEquals(Status.EXITED, node.current(container).state().status());
    assertEquals(3, node.current(container).state().run().exitCode());
    assertEquals(
        List.of("container.create", "container.start", "container.exit", "container.recover"),
        node.receipts.names());
  }

  @Test
  void aRemovalThatWasReceiptedBeforeItWasSavedIsReceiptedOnce() throws Exception {
    Container container = node.started("{\"AutoRemove\":true}");
    endsAgain(container);
    assertFalse(node.exists(container));
    assertTrue(node.host.fileSystems().isEmpty());
    assertEquals(
        List.of("container.create", "container.start", "container.exit", "container.remove"),
        node.receipts.names());
  }

  @Test
  void aRestartThatWasDueIsMadeUpFor() throws Exception {
    Container container = node.started("{\"RestartPolicy\":{\"Name\":\"on-failure\"}}");
    endsAgain(container);
    node.seconds(1);
    assertEquals(Status.RUNNING, node.current(container).state().status());
    assertEquals(2, node.runner.started().size());
  }

  /** Ends a run, forgets all but its receipt and the shim's record, and opens another engine. */
  private int endsAgain(Container container) throws Exception {
    Path home = directory.resolve("containers").resolve(container.id());
    Map<Path, byte[]> before = new HashMap<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        before.put(file, Files.readAllBytes(file));
      }
    }
    FakeRunner.FakeProcess process = node.runner.last();
    process.end(3);
    node.kill();
    Files.createDirectories(home);
    for (Map.Entry<Path, byte[]> file : before.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    node.reopen();
    return process.exit().join().exitCode();
  }
}
