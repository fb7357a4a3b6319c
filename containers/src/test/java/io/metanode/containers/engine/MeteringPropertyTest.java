package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Usage is metered exactly once: whatever containers do, and wherever the engine dies, the receipts
 * add up to what the kernel counted. The engine is killed between operations, and within them just
 * before a receipt is durable or just after; processes end meanwhile.
 */
final class MeteringPropertyTest {

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);
  private static final BigInteger KILOBYTE_DAY = NANOS.multiply(BigInteger.valueOf(86_400_000L));

  @TempDir Path directory;
  private int run;

  @Test
  void receiptsAddUpToTheKernelsCounters() {
    Property.check("engine metering", 100, gen -> new Schedule(gen).run());
  }

  /** The engine dies here. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private final class Schedule {

    private final Gen gen;
    private final Path home;
    private final EngineHarness node;
    private final Kernel kernel;
    private final List<Container> made = new ArrayList<>();
    private int receiptsToLive = Integer.MAX_VALUE;
    private boolean diesAfter;
    private boolean diesAtStart;
    private Map<Path, byte[]> disk = Map.of();
    private int durable;
    private Instant diedAt = Instant.EPOCH;

    /** The moments at which each container may have gone. */
    private final Map<String, List<Instant>> goneAt = new HashMap<>();

    Schedule(Gen gen) throws IOException {
      this.gen = gen;
      home = Files.createDirectories(directory.resolve("run" + run++));
      node = new EngineHarness(home);
      kernel = new Kernel(Files.createDirectories(home.resolve("sys")), node.clock, gen.split());
      kernel.afterStart(
          () -> {
            if (diesAtStart) {
              diesAtStart = false;
              throw dead();
            }
          });
      node.host.counted(kernel);
      node.runner.counted(kernel);
      node.receipts.around(
          () -> {
            if (receiptsToLive <= 0 || (receiptsToLive == 1 && !diesAfter)) {
              throw dead();
            }
          },
          () -> {
            receiptsToLive--;
            if (receiptsToLive == 0) {
              throw dead();
            }
          });
    }

    /** What is on disk and in the log now is all that the next engine finds. */
    private Death dead() {
      if (disk.isEmpty()) {
        diedAt = node.clock.now();
        disk = files();
        durable = node.receipts.steps().size();
      }
      receiptsToLive = 0;
      kernel.obeys(false);
      Thread.currentThread().interrupt(); // Nobody waits for what a dead engine would still do.
      return new Death();
    }

    void run() throws Exception {
      for (int i = 0; i < 30; i++) {
        step();
      }
      for (Container container : made) {
        if (node.exists(container)) {
          node.engine().remove(EngineHarness.CLIENT, node.current(container), true, false);
        }
        noticeGone(node.clock.now());
      }
      assertEquals(kernel.cpuNanos(), sum(step -> step.usage().cpuMs()), "CPU time");
      assertEquals(kernel.egressBytes(), sum(step -> step.usage().egressMb()), "egress");
      for (Container container : made) {
        checkHeld(container);
      }
      long receipts = node.receipts.steps().stream().filter(step -> ofContainer(step)).count();
      assertEquals(receipts * 1_000_000, sum(step -> step.usage().receiptsCount()), "receipts");
    }

    /** Memory and storage, to what does not fill a unit; and one receipt of the removal. */
    private void checkHeld(Container container) {
      String id = container.id();
      assertEquals(
          kernel.memoryByteNanos(id).divide(NANOS),
          BigInteger.valueOf(sum(id, step -> step.usage().memoryMbS())),
          "memory of " + container.state().name());
      BigInteger storage = BigInteger.valueOf(sum(id, step -> step.usage().storageGbDay()));
      List<BigInteger> held =
          goneAt.getOrDefault(id, List.of()).stream()
              .map(gone -> kernel.storageByteNanos(id, gone).divide(KILOBYTE_DAY))
              .toList();
      assertTrue(held.contains(storage), "storage " + storage + ", held " + held);
      long byEngine = sum(id, step -> removes(step, Steps.ENGINE));
      long byClient = sum(id, step -> removes(step, EngineHarness.CLIENT));
      boolean both = container.definition().hostConfig().autoRemove();
      assertTrue(
          both ? Math.max(byEngine, byClient) == 1 : byEngine + byClient == 1,
          byEngine + " receipts of removal by the engine, " + byClient + " by the client");
    }

    private long sum(String container, Component component) {
      return node.receipts.steps().stream()
          .filter(step -> step.subjects().getFirst().name().equals("container/" + container))
          .filter(
              step ->
                  step.outcome() instanceof Outcome.Done
                      || step.outcome() instanceof Outcome.Exited)
          .mapToLong(component::of)
          .sum();
    }

    private static long removes(Step step, Actor actor) {
      return step.operation().equals("container.remove") && step.actor().equals(actor) ? 1 : 0;
    }

    private boolean ofContainer(Step step) {
      return step.subjects().getFirst().name().startsWith("container/")
          && step.usage().receiptsCount() > 0;
    }

    private interface Component {
      long of(Step step);
    }

    private long sum(Component component) {
      return node.receipts.steps().stream().mapToLong(component::of).sum();
    }

    private void step() throws Exception {
      made.forEach(c -> kernel.works(c.id(), gen.between(0, 1L << 30), gen.between(0, 1L << 20)));
      Instant begun = node.clock.now();
      if (gen.oneIn(5)) {
        receiptsToLive = gen.intBetween(1, 3);
        diesAfter = gen.bool();
      }
      diesAtStart = gen.oneIn(10);
      try {
        operate();
      } catch (Death e) {
        assertEquals(0, receiptsToLive);
      } catch (ApiException e) {
        // Docker's refusal: not running, paused, and so on.
      } catch (IOException e) {
        assertFalse(disk.isEmpty(), String.valueOf(e));
      }
      boolean _ = Thread.interrupted();
      if (disk.isEmpty() && !gen.oneIn(8)) {
        receiptsToLive = Integer.MAX_VALUE;
        noticeGone(begun);
        return;
      }
      reopen();
      noticeGone(begun);
    }

    /**
     * Containers that are gone went when the last step began, or when it or the engine after it
     * ended, or a second of it.
     */
    private void noticeGone(Instant begun) throws Exception {
      for (Container container : made) {
        if (!goneAt.containsKey(container.id()) && !node.exists(container)) {
          List<Instant> moments = new ArrayList<>();
          for (Instant at = begun; at.isBefore(node.clock.now()); at = at.plusSeconds(1)) {
            moments.add(at);
          }
          moments.add(node.clock.now());
          moments.add(diedAt);
          goneAt.put(container.id(), moments);
        }
      }
    }

    private void reopen() throws IOException {
      node.kill();
      if (!disk.isEmpty()) {
        restore(disk);
        List<Step> log = node.receipts.steps();
        log.subList(durable, log.size()).clear();
        disk = Map.of();
      }
      receiptsToLive = Integer.MAX_VALUE;
      kernel.obeys(true);
      node.clock.advance(Duration.ofMillis(gen.between(0, 100_000)));
      if (gen.oneIn(3) && !node.runner.started().isEmpty()) {
        node.runner.last().end(1);
      }
      made.forEach(c -> kernel.works(c.id(), gen.between(0, 1L << 30), 7));
      if (gen.oneIn(2)) {
        receiptOfTheNode();
      }
      node.reopen();
    }

    /** Before its engine, a node that comes back has receipted that it does. */
    private void receiptOfTheNode() {
      List<Step> log = node.receipts.steps();
      if (!log.isEmpty()) {
        Step any = log.getLast();
        log.add(
            new Step(
                any.actor(),
                "node.start",
                List.of(new Subject("configuration", any.arguments())),
                any.arguments(),
                any.verdict(),
                new Outcome.Done(),
                node.clock.now(),
                node.clock.now(),
                Usage.NONE,
                any.account()));
      }
    }

    private void operate() throws Exception {
      if (made.isEmpty() || gen.oneIn(8)) {
        String policy = gen.pick("no", "always", "on-failure");
        String host =
            gen.oneIn(4)
                ? "{\"AutoRemove\":true}"
                : "{\"RestartPolicy\":{\"Name\":\"" + policy + "\"}}";
        made.add(node.create("c" + made.size(), host));
        return;
      }
      Container container = gen.pick(made);
      if (!node.exists(container)) {
        return;
      }
      Container found = node.current(container);
      switch (gen.intBetween(0, 8)) {
        case 0, 1, 2 -> node.engine().start(EngineHarness.CLIENT, found);
        case 3 -> node.stop(found, 1);
        case 4 -> node.engine().pause(EngineHarness.CLIENT, found);
        case 5 -> node.engine().unpause(EngineHarness.CLIENT, found);
        case 6 -> node.seconds(gen.between(0, 90));
        case 7 -> {
          if (found.active() != null) {
            node.runner.last().end(gen.intBetween(0, 2));
          }
        }
        default -> node.engine().remove(EngineHarness.CLIENT, found, gen.bool(), false);
      }
    }

    private Map<Path, byte[]> files() {
      Map<Path, byte[]> found = new HashMap<>();
      try (Stream<Path> all = Files.walk(home.resolve("containers"))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          found.put(file, Files.readAllBytes(file));
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return found;
    }

    private void restore(Map<Path, byte[]> files) throws IOException {
      ContainerStore.deleteTree(home.resolve("containers"));
      assertFalse(Files.exists(home.resolve("containers")));
      Files.createDirectories(home.resolve("containers"));
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.write(file.getKey(), file.getValue());
      }
    }
  }
}
