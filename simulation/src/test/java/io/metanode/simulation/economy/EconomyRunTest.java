package io.metanode.simulation.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.simulation.economy.Assumptions.Shock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EconomyRunTest {

  private static final int DAYS = 160;

  private static EconomyRun.Result run(Shock shock, long adoption, long seed) {
    return EconomyRun.of(new Assumptions("test", 400, 0.05, 1, 60, adoption, shock), seed, DAYS);
  }

  private static List<EconomyRun.Day> calm() {
    return run(Shock.NONE, Assumptions.SMALL, 1).days();
  }

  @Test
  void aSeedGivesTheSameYearAgainAndAnotherSeedAnother() {
    assertEquals(calm(), calm());
    assertNotEquals(calm(), run(Shock.NONE, Assumptions.SMALL, 2).days());
  }

  @Test
  void theBooksBalanceWhateverHappens() {
    for (Shock shock : Shock.values()) {
      assertEquals(List.of(), run(shock, Assumptions.AS_SPECIFIED, 3).faults());
    }
  }

  @Test
  void aLyingSourceStopsSettlementAndWhatWaitedIsSettledAfter() {
    List<EconomyRun.Day> days = run(Shock.SOURCE_LIES, Assumptions.SMALL, 1).days();
    assertEquals(30, days.stream().filter(EconomyRun.Day::stopped).count());
    assertTrue(days.subList(120, 150).stream().allMatch(day -> day.jobs() == 0));
    assertTrue(days.get(150).jobs() > calm().get(150).jobs());
  }

  @Test
  void halfOfTheProvidersTakeTheirCapacityWithThem() {
    List<EconomyRun.Day> days = run(Shock.PROVIDERS_LEAVE, Assumptions.SMALL, 1).days();
    assertTrue(days.get(120).jobs() < calm().get(120).jobs());
    assertEquals(calm().get(119), days.get(119));
  }

  @Test
  void moreDemandThanCapacityIsNotServed() {
    List<EconomyRun.Day> days = run(Shock.DEMAND_TIMES_TEN, Assumptions.SMALL, 1).days();
    double served = days.get(121).jobs() / calm().get(121).jobs();
    assertTrue(served > 1 && served < 10, "served " + served);
  }

  @Test
  void theWholeRewardSwampsTheSupply() {
    double small = run(Shock.NONE, Assumptions.SMALL, 1).days().getLast().nexSupply();
    double whole = run(Shock.NONE, Assumptions.AS_SPECIFIED, 1).days().getLast().nexSupply();
    assertEquals(300_000, small);
    assertTrue(whole > 2 * small, "supply " + whole);
  }

  @Test
  void commandPrintsALineForEachRunAndATable() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertEquals(0, EconomyCommand.run(List.of("--days", "65", "--seeds", "1"), print));
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(Assumptions.ALL.size(), text.lines().filter(line -> line.startsWith("{")).count());
    assertTrue(text.contains("audit faults: 0"), text);
    assertEquals(2, EconomyCommand.run(List.of("--days"), print));
    assertEquals(2, EconomyCommand.run(List.of("--what", "1"), print));
  }
}
