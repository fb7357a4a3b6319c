package io.metanode.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.ibft.Mutation;
import io.metanode.ledger.ibft.QbftEngine;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whole replicas, a fixed set of seeds and one that nobody has seen. */
class ReplicaSimulationTest {

  private static final int SEEDS = Integer.getInteger("simulation.replica.seeds", 60);

  private static ReplicaRun run(long seed) {
    return ReplicaRun.of(seed, QbftEngine::create);
  }

  private static Map<String, Long> check(long seed) {
    ReplicaRun run = run(seed);
    assertTrue(run.violation().isEmpty(), "seed " + seed + ": " + run);
    assertTrue(run.transactions() > 0, "seed " + seed + ": " + run);
    return run.coverage();
  }

  /** And all that is to go wrong did: a fault that never happens tests nothing. */
  @Test
  void noSeedViolatesAnything() {
    Set<String> missing =
        Arrays.stream(Coverage.Fault.values())
            .map(fault -> fault.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    for (long seed = 1; seed <= SEEDS; seed++) {
      missing.removeAll(check(seed).keySet());
    }
    assertTrue(missing.isEmpty(), "never happened: " + missing);
  }

  @Test
  void neitherDoesAFreshOne() {
    check(SystemClock.INSTANCE.now().toEpochMilli());
  }

  /** Each of these once broke something. */
  @Test
  void seedsThatFoundBugsPass() {
    check(32);
    check(76);
    check(430);
  }

  @Test
  void aSeedReplaysToTheByte() {
    for (long seed = 1; seed <= 2; seed++) {
      assertEquals(run(seed), run(seed));
    }
    assertNotEquals(run(1).trace(), run(2).trace());
  }

  @Test
  void equivocationsEndInConvictions() {
    long convictions = 0;
    for (long seed = 1; seed <= 40 && convictions == 0; seed++) {
      convictions += run(seed).convictions();
    }
    assertTrue(convictions > 0);
  }

  /** The auditor of replicas sees a broken core as the auditor of the core does. */
  @Test
  void aBrokenCoreIsNoticed() {
    boolean noticed = false;
    for (long seed = 1; seed <= 40 && !noticed; seed++) {
      noticed =
          ReplicaRun.of(seed, Mutation.PREPARED_CLAIMS_IGNORED.engines()::create)
              .violation()
              .isPresent();
    }
    assertTrue(noticed);
  }
}
