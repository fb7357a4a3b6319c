package io.metanode.simulation;

import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;

/** Decides when, how often and whether a packet arrives. */
final class Network {

  private static final int PERCENT = 100;

  private final Faults faults;
  private final Gen gen;
  private final int[] island;
  private final Coverage coverage;
  private final long[][] newest;
  private long nextPartition;

  Network(Faults faults, Coverage coverage, Gen gen) {
    this(faults, faults.validators(), coverage, gen);
  }

  Network(Faults faults, int nodes, Coverage coverage, Gen gen) {
    this.faults = faults;
    this.coverage = coverage;
    newest = new long[nodes][nodes];
    this.gen = gen;
    island = new int[nodes];
    nextPartition = faults.partitionEvery() == 0 ? Long.MAX_VALUE : gap();
  }

  private long gap() {
    return gen.between(1, 2L * faults.partitionEvery());
  }

  /** The delays after which a packet with this kind of message arrives; none if it is lost. */
  List<Long> delays(long now, int from, int to, int kind) {
    drift(now);
    boolean settled = now >= faults.settlesAt();
    if (settled) {
      return List.of(arriving(now, from, to, gen.between(1, faults.settledDelay())));
    }
    int muted = kind == faults.mutedKind() ? faults.mutedPercent() : 0;
    if (island[from] != island[to]) {
      coverage.count(Coverage.Fault.PARTITIONED);
      return List.of();
    }
    if (gen.intBetween(1, PERCENT) <= faults.lossPercent() || gen.intBetween(1, PERCENT) <= muted) {
      coverage.count(Coverage.Fault.LOST);
      return List.of();
    }
    List<Long> delays = new ArrayList<>();
    delays.add(arriving(now, from, to, gen.between(1, faults.mostDelay())));
    if (gen.intBetween(1, PERCENT) <= faults.duplicatePercent()) {
      coverage.count(Coverage.Fault.DUPLICATED);
      delays.add(arriving(now, from, to, gen.between(1, 4L * faults.mostDelay())));
    }
    return delays;
  }

  private long arriving(long now, int from, int to, long delay) {
    if (delay > Coverage.LONG_MILLIS) {
      coverage.count(Coverage.Fault.DELAYED);
    }
    if (now + delay < newest[from][to]) {
      coverage.count(Coverage.Fault.REORDERED);
    }
    newest[from][to] = Math.max(newest[from][to], now + delay);
    return delay;
  }

  private void drift(long now) {
    while (now >= nextPartition) {
      nextPartition += gap();
      boolean whole = gen.oneIn(3);
      for (int i = 0; i < island.length; i++) {
        island[i] = whole ? 0 : gen.intBetween(0, 1);
      }
    }
  }
}
