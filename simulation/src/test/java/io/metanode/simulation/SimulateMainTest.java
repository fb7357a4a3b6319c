package io.metanode.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.ibft.QbftEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SimulateMainTest {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 100);

  private static Run run(long seed) {
    return Run.of(seed, QbftEngine::create);
  }

  @Test
  void noSeedViolatesAnything() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Run run = run(seed);
      assertTrue(run.violation().isEmpty(), "seed " + seed + ": " + run);
      assertTrue(run.heights() >= 3, "seed " + seed + ": " + run);
    }
  }

  @Test
  void aSeedReplaysToTheByte() {
    for (long seed = 1; seed <= 10; seed++) {
      assertEquals(run(seed), run(seed));
    }
    assertNotEquals(run(1).trace(), run(2).trace());
  }

  @Test
  void aRunSaysHowFastItWasAndOneSeedSaysAll() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertEquals(0, SimulateMain.run(new String[] {"--core", "--seeds", "3"}, out));
    assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("\"seedsPerSecond\":"));
    bytes.reset();
    assertEquals(0, SimulateMain.run(new String[] {"--core", "--seed", "7"}, out));
    assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("trace " + run(7).trace()));
    bytes.reset();
    assertEquals(0, SimulateMain.run(new String[] {"--nightly", "--seeds", "1"}, out));
    String night = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(night.contains("{\"core\":{\"seeds\":1,"), night);
    assertTrue(night.contains(",\"replicas\":{\"seeds\":1,"), night);
    bytes.reset();
    assertEquals(0, SimulateMain.run(new String[] {"--seed", "7"}, out));
    String replicas = ReplicaRun.of(7, QbftEngine::create).trace();
    assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("trace " + replicas));
    assertEquals(2, SimulateMain.run(new String[] {"--what", "3"}, out));
  }
}
