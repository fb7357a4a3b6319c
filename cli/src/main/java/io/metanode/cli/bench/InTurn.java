package io.metanode.cli.bench;

import io.metanode.foundation.SystemClock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures workloads on two engines, A B A B, and tells the figures.
 *
 * @param settle milliseconds of rest before each measurement, so that what an engine still does
 *     after its client's end is not in its peer's figure
 * @param json where they go, by name
 * @param out where they are printed
 */
record InTurn(Engine docklock, Engine dockerd, int settle, ObjectNode json, PrintStream out) {

  /** Milliseconds in which both engines end what they do behind a client's back. */
  static final int SETTLE = 300;

  private static final long EVERY_NANOS = 3_000_000_000L;

  /**
   * Measures, and puts the figures under the names.
   *
   * @param names of what the workload measures
   * @param warmUp pairs that are run and forgotten
   * @param pairs pairs that count
   */
  void measure(List<String> names, Workload workload, int warmUp, int pairs) {
    List<Samples> samples = samples(names, workload, warmUp, pairs);
    for (int part = 0; part < names.size(); part++) {
      json.set(names.get(part), samples.get(part).json());
    }
  }

  /** Measures what is one figure, and puts that beside what is told already. */
  void measure(String name, Workload workload, int warmUp, int pairs) {
    json.setAll(samples(List.of(name), workload, warmUp, pairs).getFirst().json());
  }

  private List<Samples> samples(List<String> names, Workload workload, int warmUp, int pairs) {
    List<Samples> samples = new ArrayList<>();
    names.forEach(_ -> samples.add(new Samples()));
    long told = SystemClock.INSTANCE.monotonicNanos();
    for (int i = -warmUp; i < pairs; i++) {
      double[] first = settled(workload, docklock);
      double[] second = settled(workload, dockerd);
      for (int part = 0; i >= 0 && part < names.size(); part++) {
        samples.get(part).add(first[part], second[part]);
      }
      told = progress(names, i + warmUp + 1, pairs + warmUp, told);
    }
    for (int part = 0; part < names.size(); part++) {
      print(names.get(part), samples.get(part));
    }
    return samples;
  }

  private double[] settled(Workload workload, Engine engine) {
    rest(settle);
    return workload.millis(engine);
  }

  static void rest(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  /** A line every few seconds; the moment of the last one. */
  private static long progress(List<String> names, int done, int all, long told) {
    long now = SystemClock.INSTANCE.monotonicNanos();
    if (now - told < EVERY_NANOS) {
      return told;
    }
    System.err.printf("  %s: %d of %d%n", String.join(", ", names), done, all);
    return now;
  }

  private void print(String name, Samples samples) {
    out.printf(
        Locale.ROOT,
        "%-9s DockLock %.1f ms, dockerd %.1f ms: %.2f times as fast (median of pair ratios %.2f)%n",
        name,
        samples.first(0.5),
        samples.second(0.5),
        samples.ratioOfMedians(),
        samples.medianOfRatios());
  }
}
