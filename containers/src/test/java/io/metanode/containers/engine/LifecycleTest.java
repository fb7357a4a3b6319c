package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.runtime.StartException;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of containers, step by step, with the receipts each step leaves. */
final class LifecycleTest {

  @TempDir Path directory;
  private EngineHarness node;

  @BeforeEach
  void open() throws IOException {
    node = new EngineHarness(directory);
  }

  @Test
  void eachStepLeavesItsReceipt() throws Exception {
    Container container = node.started("{}");
    assertEquals(Status.RUNNING, container.state().status());
    node.runner.last().end(3);
    assertEquals(Status.EXITED, container.state().status());
    assertEquals(3, container.state().run().exitCode());
    node.engine().remove(EngineHarness.CLIENT, container, false, false);
    assertFalse(node.exists(container));
    assertEquals(
        List.of("container.create", "container.start", "container.exit", "container.remove"),
        node.receipts.names());
    assertEquals(List.of("create", "start", "die", "destroy"), node.events);
    assertTrue(node.host.fileSystems().isEmpty());
    assertTrue(node.host.leased().isEmpty());
    assertTrue(node.runner.last().released());
  }

  @Test
  void removesByItselfAfterItsEnd() throws Exception {
    Container container = node.started("{\"AutoRemove\":true}");
    ContainerWait wait = node.engine().await(container, true);
    node.runner.last().end(0);
    assertFalse(node.exists(container));
    assertEquals(Optional.of(new ContainerWait.End(0, "")), wait.await(Duration.ZERO));
    assertTrue(node.host.fileSystems().isEmpty());
  }

  @Test
  void aRestartDoesNotRemoveWhatGoesWithItsEnd() throws Exception {
    Container container = node.started("{\"AutoRemove\":true}");
    node.engine().restart(EngineHarness.CLIENT, container, Optional.empty(), OptionalLong.of(10));
    assertEquals(Status.RUNNING, container.state().status());
    assertEquals(2, node.runner.started().size());
    node.runner.last().end(0);
    assertFalse(node.exists(container));
  }

  @Test
  void waitForRemovalDoesNotEndWithTheRun() throws Exception {
    Container container = node.started("{}");
    ContainerWait removal = node.engine().await(container, true);
    ContainerWait end = node.engine().await(container, false);
    node.runner.last().end(4);
    assertEquals(Optional.of(new ContainerWait.End(4, "")), end.await(Duration.ZERO));
    assertEquals(Optional.empty(), removal.await(Duration.ZERO));
    node.engine().remove(EngineHarness.CLIENT, container, false, false);
    assertEquals(Optional.of(new ContainerWait.End(4, "")), removal.await(Duration.ZERO));
  }

  @Test
  void nameIsTakenUntilItsContainerIsRemoved() throws Exception {
    Container first = node.create("same", "{}");
    ApiException clash = assertThrows(ApiException.class, () -> node.create("same", "{}"));
    assertEquals(409, clash.status());
    node.engine().remove(EngineHarness.CLIENT, first, false, false);
    assertEquals("same", node.create("same", "{}").state().name());
  }

  @Test
  void restartsAfterGrowingDelaysUpToTheBound() throws Exception {
    Container container =
        node.started("{\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":2}}");
    node.runner.last().end(1);
    assertEquals(Status.RESTARTING, container.state().status());
    node.timers.advance(Duration.ofMillis(99));
    assertEquals(1, node.runner.started().size());
    node.timers.advance(Duration.ofMillis(1));
    assertEquals(Status.RUNNING, container.state().status());
    node.runner.last().end(1);
    node.timers.advance(Duration.ofMillis(199));
    assertEquals(2, node.runner.started().size());
    node.timers.advance(Duration.ofMillis(1));
    assertEquals(3, node.runner.started().size());
    node.runner.last().end(1);
    assertEquals(Status.EXITED, container.state().status());
    assertEquals(2, container.state().restarts());
  }

  @Test
  void stoppedByHandIsNotRestarted() throws Exception {
    Container container = node.started("{\"RestartPolicy\":{\"Name\":\"always\"}}");
    node.stop(container, 10);
    node.seconds(120);
    assertEquals(Status.EXITED, container.state().status());
    assertEquals(1, node.runner.started().size());
  }

  @Test
  void killsWhatDoesNotStopInTime() throws Exception {
    Container container = node.started("{}");
    node.runner.last().stubborn();
    node.stop(container, 0);
    assertEquals(List.of(Signals.TERM, Signals.KILL), node.runner.last().signals());
    assertEquals(137, container.state().run().exitCode());
  }

  @Test
  void tellsThatTheMemoryLimitKilledIt() throws Exception {
    Container container = node.started("{}");
    node.host.counts(FakeHost.reading(0, 0, 1));
    node.runner.last().end(137);
    assertTrue(container.state().run().outOfMemory());
    assertEquals(new Outcome.Exited(137, true), node.receipts.steps().getLast().outcome());
    assertTrue(node.events.contains("oom"));
  }

  @Test
  void deniedLeavesOneReceiptAndNoChange() throws Exception {
    node.deny("container.create");
    assertEquals(403, assertThrows(ApiException.class, () -> node.create("cc", "{}")).status());
    assertEquals(List.of("container.create"), node.receipts.names());
    assertEquals(new Outcome.Denied(), node.receipts.steps().getFirst().outcome());
    assertTrue(node.host.fileSystems().isEmpty());
    assertTrue(node.engine().containers().all().isEmpty());
  }

  @Test
  void nothingIsDoneWhereNoReceiptCanBe() throws Exception {
    Container container = node.create("cc", "{}");
    node.receipts.full(true);
    assertThrows(ApiException.class, () -> node.engine().start(EngineHarness.CLIENT, container));
    assertTrue(node.runner.started().isEmpty());
    assertTrue(node.host.leased().isEmpty());
    assertThrows(ApiException.class, () -> node.create("dd", "{}"));
    assertEquals(1, node.host.fileSystems().size());
    assertThrows(
        ApiException.class,
        () -> node.engine().remove(EngineHarness.CLIENT, container, false, false));
    assertTrue(node.exists(container));
    assertEquals(List.of("container.create"), node.receipts.names());
  }

  @Test
  void failedStartGivesEverythingBack() throws Exception {
    Container container = node.create("cc", "{}");
    node.runner.refuse(new StartException(127, "no such file"));
    assertThrows(ApiException.class, () -> node.engine().start(EngineHarness.CLIENT, container));
    assertEquals(Status.CREATED, container.state().status());
    assertEquals(127, container.state().run().exitCode());
    assertTrue(node.host.leased().isEmpty());
    assertFalse(node.host.mounted(container.id()));
    assertEquals(new Outcome.Failed("no such file"), node.receipts.steps().getLast().outcome());
  }

  @Test
  void pausesAndGoesOn() throws Exception {
    Container container = node.started("{}");
    node.engine().pause(EngineHarness.CLIENT, container);
    assertEquals(Status.PAUSED, container.state().status());
    assertEquals(
        409,
        assertThrows(ApiException.class, () -> node.engine().pause(EngineHarness.CLIENT, container))
            .status());
    node.engine().unpause(EngineHarness.CLIENT, container);
    assertEquals(Status.RUNNING, container.state().status());
    assertEquals(List.of("freeze", "thaw"), freezes());
    assertEquals(
        500,
        assertThrows(
                ApiException.class, () -> node.engine().unpause(EngineHarness.CLIENT, container))
            .status());
  }

  @Test
  void commitOutlivesTheEndOfItsContainer() throws Exception {
    Container container = node.started("{}");
    Digest image = new Digest("1".repeat(64));
    Digest made =
        node.engine()
            .commit(
                EngineHarness.CLIENT,
                container,
                true,
                Optional.empty(),
                Steps.arguments(),
                snapshot -> {
                  node.runner.last().end(0);
                  return image;
                });
    assertEquals(image, made);
    assertEquals(Status.EXITED, container.state().status());
  }

  private List<String> freezes() {
    return node.host.calls().stream()
        .filter(call -> call.equals("freeze") || call.equals("thaw"))
        .toList();
  }

  @Test
  void teardownThatFailsIsTriedAgain() throws Exception {
    Container container = node.started("{}");
    node.host.failUnmounts(2);
    node.runner.last().end(0);
    assertTrue(node.host.mounted(container.id()));
    node.seconds(1);
    assertTrue(node.host.mounted(container.id()));
    node.seconds(2);
    assertFalse(node.host.mounted(container.id()));
  }

  @Test
  void anonymousVolumesGoBeforeTheClientHears() throws Exception {
    Container container = node.started("{\"AutoRemove\":true}");
    node.runner.last().end(0);
    assertFalse(node.exists(container));
    List<String> calls = node.host.calls();
    int inTheBackground = calls.indexOf("remove groups");
    assertTrue(calls.subList(0, inTheBackground).contains("remove volumes"), calls::toString);
  }

  @Test
  void whatARemovedContainerHeldIsGivenBackAfterTheAnswer() throws Exception {
    List<Runnable> after = new ArrayList<>();
    node.afterAnswers(after::add);
    Container container = node.started("{\"AutoRemove\":true}");
    node.runner.last().end(0);
    assertFalse(node.exists(container));
    assertFalse(node.host.calls().contains("remove groups"));
    after.forEach(Runnable::run);
    assertTrue(node.host.calls().contains("remove groups"));
    assertTrue(node.host.fileSystems().isEmpty());
  }

  @Test
  void volumesThatCannotBeRemovedYetAreTriedAgain() throws Exception {
    Container container = node.started("{\"AutoRemove\":true}");
    node.host.failRemovalOfVolumes(2);
    node.runner.last().end(0);
    assertFalse(node.exists(container));
    assertFalse(node.host.calls().contains("remove volumes"));
    node.seconds(1);
    assertTrue(node.host.calls().contains("remove volumes"));
    assertTrue(node.host.fileSystems().isEmpty());
  }

  @Test
  void savingDoesNotWaitForWhoStartsTheContainer() throws Exception {
    Container container = node.create("cc", "{}");
    container.lock();
    try {
      CompletableFuture<Void> saved = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  container.save();
                  saved.complete(null);
                } catch (IOException e) {
                  saved.completeExceptionally(e);
                }
              });
      saved.get(1, TimeUnit.MINUTES);
    } finally {
      container.unlock();
    }
  }

  @Test
  void policiesAreToldOfAGroupElsewhere() throws Exception {
    assertEquals("/a/b", groupTold("deep", "a/./b"));
    assertEquals("/", groupTold("root", "/"));
    assertEquals("", groupTold("own", ""));
  }

  private String groupTold(String name, String parent) throws Exception {
    Container container = node.create(name, "{\"CgroupParent\":\"" + parent + "\"}");
    return String.valueOf(Steps.attributes(container.definition(), name).get("cgroupParent"));
  }
}
