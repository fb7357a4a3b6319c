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
  private long nextPartition;

  Network(Faults faults, Gen gen) {
    this(faults, faults.validators(), gen);
  }

  Network(Faults faults, int nodes, Gen gen) {
    this.faults = faults;
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
      return List.of(gen.between(1, faults.settledDelay()));
    }
    int muted = kind == faults.mutedKind() ? faults.mutedPercent() : 0;
    if (island[from] != island[to]
        || gen.intBetween(1, PERCENT) <= faults.lossPercent()
        || gen.intBetween(1, PERCENT) <= muted) {
      return List.of();
    }
    List<Long> delays = new ArrayList<>();
    delays.add(gen.between(1, faults.mostDelay()));
    if (gen.intBetween(1, PERCENT) <= faults.duplicatePercent()) {
      delays.add(gen.between(1, 4L * faults.mostDelay()));
    }
    return delays;
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
