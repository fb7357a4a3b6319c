package io.metanode.ledger.ibft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.consensus.Height;
import io.metanode.simulation.SimulateMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Searches to the end; {@link SimulateMain} goes further. */
class StateSearchTest {

  private static final int HEIGHTS = 2;
  private static final int VALIDATORS = 4;

  private static void assertHolds(SearchScope scope, long states) {
    StateSearch.Result result = new StateSearch(scope).run(Long.MAX_VALUE);
    assertEquals(Optional.empty(), result.violation(), () -> scope + ": " + result);
    assertTrue(result.complete());
    assertEquals(states, result.states(), scope::toString);
  }

  /** Which round the Byzantine validator leads decides how much there is to search. */
  private static long expected(int height, int byzantine, List<Long> statesByRoundLed) {
    return statesByRoundLed.get(Math.floorMod(byzantine - height, VALIDATORS));
  }

  @Test
  void threeRoundsOfTwoHeightsHold() {
    List<Long> states = List.of(526_232L, 569_348L, 404_128L, 106_354L);
    for (int height = 1; height <= HEIGHTS; height++) {
      for (int byzantine = 0; byzantine < VALIDATORS; byzantine++) {
        assertHolds(
            new SearchScope(new Height(height), byzantine, 3, false),
            expected(height, byzantine, states));
      }
    }
  }

  @Test
  void twoRoundsWithCrashesHold() {
    List<Long> states = List.of(445_243L, 359_928L, 138_183L, 138_183L);
    for (int byzantine = 0; byzantine < VALIDATORS; byzantine++) {
      assertHolds(
          new SearchScope(new Height(1), byzantine, 2, true), expected(1, byzantine, states));
    }
  }

  @Test
  void theCommandPrintsALineForEachSearch() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertEquals(0, StateSearchMain.run(List.of("--rounds", "1"), out));
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(HEIGHTS * VALIDATORS, lines.size());
    assertTrue(
        lines
            .getFirst()
            .startsWith(
                "{\"height\":1,\"byzantine\":0,\"rounds\":1,\"crashes\":false,\"states\":18,"
                    + "\"steps\":31,\"complete\":true,\"violation\":\"\""),
        lines.getFirst());
    assertEquals(2, StateSearchMain.run(List.of("--rounds", "5"), out));
    assertEquals(2, StateSearchMain.run(List.of("--byzantine"), out));
  }
}
