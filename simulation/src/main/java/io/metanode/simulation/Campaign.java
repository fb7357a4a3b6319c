package io.metanode.simulation;

import io.metanode.foundation.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Many seeds on all processors, each a world of its own. After a seed that fails no further one is
 * begun.
 */
final class Campaign {

  private static final double NANOS = 1e9;

  private final LongFunction<Outcome> world;
  private final int threads;
  private final Clock clock;
  private final Map<String, Long> coverage = new TreeMap<>();
  private final List<Outcome> failed = new ArrayList<>();
  private Optional<Outcome> last = Optional.empty();
  private long seeds;
  private long heights;
  private long transactions;
  private long evidence;
  private long steps;
  private double seconds;

  Campaign(LongFunction<Outcome> world, int threads, Clock clock) {
    this.world = world;
    this.threads = threads;
    this.clock = clock;
  }

  /** Runs the seeds from {@code first} on. */
  Campaign run(long first, long count) {
    long began = clock.monotonicNanos();
    AtomicLong next = new AtomicLong(first);
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(() -> work(next, first + count, stop)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run broke off", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    seconds = (clock.monotonicNanos() - began) / NANOS;
    return this;
  }

  private void work(AtomicLong next, long end, AtomicBoolean stop) {
    long seed = next.getAndIncrement();
    while (seed < end && !stop.get()) {
      Outcome outcome = world.apply(seed);
      add(outcome);
      stop.compareAndSet(false, outcome.violation().isPresent());
      seed = next.getAndIncrement();
    }
  }

  private synchronized void add(Outcome outcome) {
    seeds++;
    last = Optional.of(outcome);
    heights += outcome.heights();
    transactions += outcome.transactions();
    evidence += outcome.evidence();
    steps += outcome.steps();
    outcome.coverage().forEach((fault, times) -> coverage.merge(fault, times, Long::sum));
    if (outcome.violation().isPresent()) {
      failed.add(outcome);
    }
  }

  /** The runs in which something was violated. */
  List<Outcome> failed() {
    return failed;
  }

  /** One of the runs. */
  Outcome last() {
    return last.orElseThrow();
  }

  /** The result as one object of JSON; the keys are told in docs/formats/consensus.md. */
  String json() {
    String faults =
        coverage.entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
            .collect(Collectors.joining(","));
    return String.format(
        Locale.ROOT,
        "{\"seeds\":%d,\"failed\":%d,\"seedsPerSecond\":%.1f,\"threads\":%d,\"heights\":%d,"
            + "\"transactions\":%d,\"packets\":%d,\"evidence\":%d,\"seconds\":%.1f,"
            + "\"faults\":{%s}}",
        seeds,
        failed.size(),
        seconds > 0 ? seeds / seconds : 0,
        threads,
        heights,
        transactions,
        steps,
        evidence,
        seconds,
        faults);
  }
}
