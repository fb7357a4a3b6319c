package io.metanode.economy.poe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.economy.money.Amount;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExecutionIndexTest {

  private static final PoeParameters DEFAULT = PoeParameters.DEFAULT;

  /** Usage in whole units; storage in tenths. */
  private static Usage usage(
      long cpu, long memory, long storageTenths, long egress, long receipts) {
    return new Usage(
        cpu * 1_000_000,
        memory * 1_000_000,
        storageTenths * 100_000,
        egress * 1_000_000,
        receipts * 1_000_000);
  }

  private static void golden(Usage usage, String phi, String gamma, String nex, long units) {
    ExecutionIndex index = ExecutionIndex.of(usage, DEFAULT);
    Amount amount = index.nex(DEFAULT);
    assertEquals(phi, index.phi().decimal(3));
    assertEquals(gamma, index.gamma().decimal(10));
    assertEquals(nex, Ratio.of(amount.units(), Amount.UNITS).decimal(7));
    assertEquals(units, amount.units());
  }

  @Test
  void goldenVectors() {
    golden(usage(1000, 500, 10, 10, 100), "0.925", "0.4805194805", "480.5194805", 480_519_480_519L);
    golden(usage(10_000, 100, 1, 1, 10), "3.565", "0.7809419496", "780.9419496", 780_941_949_616L);
    golden(Usage.NONE, "0.000", "0.0000000000", "0.0000000", 0);
  }

  @Test
  void nexIsTheExactValueWithoutItsFraction() {
    ExecutionIndex index = ExecutionIndex.of(usage(1000, 500, 10, 10, 100), DEFAULT);
    assertEquals(Ratio.of(37, 40), index.phi());
    assertEquals(Ratio.of(37, 77), index.gamma());
    assertEquals(1000 * Amount.UNITS * 37 / 77, index.nex(DEFAULT).units());
  }

  @Test
  void adoptionScales() {
    PoeParameters half = new PoeParameters(DEFAULT.weights(), DEFAULT.most(), 500_000);
    ExecutionIndex index = ExecutionIndex.of(usage(1000, 500, 10, 10, 100), half);
    assertEquals(240_259_740_259L, index.nex(half).units());
    PoeParameters none = new PoeParameters(DEFAULT.weights(), DEFAULT.most(), 0);
    assertEquals(Amount.ZERO, index.nex(none));
  }

  @Test
  void theLargestUsageThereIsStaysBelowTheMost() {
    long max = Long.MAX_VALUE;
    ExecutionIndex index = ExecutionIndex.of(new Usage(max, max, max, max, max), DEFAULT);
    assertEquals(-1, index.gamma().compareTo(Ratio.of(1, 1)));
    assertEquals(999_999_999_999L, index.nex(DEFAULT).units());
  }

  @Test
  void splitWorkEarnsMore() {
    Usage whole = usage(2000, 1000, 20, 20, 200);
    Usage part = usage(1000, 500, 10, 10, 100);
    assertEquals(649_122_807_017L, ExecutionIndex.of(whole, DEFAULT).nex(DEFAULT).units());
    assertEquals(961_038_961_038L, 2 * ExecutionIndex.of(part, DEFAULT).nex(DEFAULT).units());
  }

  @Test
  void parametersAreValidated() {
    Map<Component, Weight> missing = new EnumMap<>(DEFAULT.weights());
    missing.remove(Component.CPU_MS);
    Map<Component, Weight> heavy = new EnumMap<>(DEFAULT.weights());
    heavy.put(Component.CPU_MS, new Weight(350_001, 1000));
    Amount most = DEFAULT.most();
    assertThrows(IllegalArgumentException.class, () -> new PoeParameters(missing, most, 1));
    assertThrows(IllegalArgumentException.class, () -> new PoeParameters(heavy, most, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new PoeParameters(DEFAULT.weights(), most, -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PoeParameters(DEFAULT.weights(), most, PoeParameters.MAX_ADOPTION + 1));
    assertThrows(IllegalArgumentException.class, () -> new Weight(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Weight(1_000_001, 1));
    assertThrows(IllegalArgumentException.class, () -> new Weight(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Usage(0, 0, -1, 0, 0));
  }
}
