package io.metanode.simulation;

import io.metanode.ledger.ibft.QbftEngine;
import java.util.Map;
import java.util.Optional;

/** What runs of whole replicas and of the core alone have in common. */
record Outcome(
    long seed,
    Map<String, Long> coverage,
    Optional<String> violation,
    long heights,
    long transactions,
    long evidence,
    long steps,
    String told) {

  static Outcome replicas(long seed) {
    ReplicaRun run = ReplicaRun.of(seed, QbftEngine::create);
    return new Outcome(
        seed,
        run.coverage(),
        run.violation(),
        run.heights(),
        run.transactions(),
        run.convictions(),
        run.steps(),
        "seed " + seed + " trace " + run.trace() + " " + run);
  }

  static Outcome core(long seed) {
    Run run = Run.of(seed, QbftEngine::create);
    return new Outcome(
        seed,
        run.coverage(),
        run.violation(),
        run.heights(),
        0,
        run.evidence(),
        run.steps(),
        "core seed " + seed + " trace " + run.trace() + " " + run);
  }
}
