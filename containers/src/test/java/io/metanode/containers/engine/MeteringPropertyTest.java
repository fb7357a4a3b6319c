package io.metanode.containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.metanode.containers.http.ApiException;
import io.metanode.receipts.Step;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private Map<Path, byte[]> disk = Map.of();
    private int durable;

    Schedule(Gen gen) throws IOException {
      this.gen = gen;
      home = Files.createDirectories(directory.resolve("run" + run++));
      kernel = new Kernel(Files.createDirectories(home.resolve("sys")));
      node = new EngineHarness(home);
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
        disk = files();
        durable = node.receipts.durable().size();
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
      }
      assertEquals(kernel.cpuNanos(), sum(step -> step.usage().cpuMs()), "CPU time");
      assertEquals(kernel.egressBytes(), sum(step -> step.usage().egressMb()), "egress");
      long receipts = node.receipts.durable().stream().filter(step -> ofContainer(step)).count();
      assertEquals(receipts * 1_000_000, sum(step -> step.usage().receiptsCount()), "receipts");
    }

    private boolean ofContainer(Step step) {
      return step.subjects().getFirst().name().startsWith("container/")
          && step.usage().receiptsCount() > 0;
    }

    private interface Component {
      long of(Step step);
    }

    private long sum(Component component) {
      return node.receipts.durable().stream().mapToLong(component::of).sum();
    }

    private void step() throws Exception {
      made.forEach(c -> kernel.works(c.id(), gen.between(0, 1L << 30), gen.between(0, 1L << 20)));
      boolean within = gen.oneIn(5);
      if (within) {
        receiptsToLive = gen.intBetween(1, 3);
        diesAfter = gen.bool();
      }
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
        return;
      }
      reopen();
    }

    private void reopen() throws IOException {
      node.kill();
      if (!disk.isEmpty()) {
        restore(disk);
        List<Step> log = node.receipts.durable();
        log.subList(durable, log.size()).clear();
        disk = Map.of();
      }
      receiptsToLive = Integer.MAX_VALUE;
      kernel.obeys(true);
      if (gen.oneIn(3) && !node.runner.started().isEmpty()) {
        node.runner.last().end(1);
      }
      made.forEach(c -> kernel.works(c.id(), gen.between(0, 1L << 30), 7));
      node.reopen();
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
