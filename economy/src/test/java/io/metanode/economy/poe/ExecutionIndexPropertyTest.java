package io.metanode.economy.poe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.money.Amount;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExecutionIndexPropertyTest {

  private static final int CASES = 2_000;

  static Usage usage(Gen gen) {
    return new Usage(part(gen), part(gen), part(gen), part(gen), part(gen));
  }

  private static long part(Gen gen) {
    return gen.oneIn(4) ? 0 : gen.nextLong() >>> gen.intBetween(6, 63);
  }

  private static PoeParameters parameters(Gen gen) {
    Map<Component, Weight> weights = new EnumMap<>(Component.class);
    long left = Weight.WHOLE;
    for (Component component : Component.values()) {
      boolean last = weights.size() == Component.values().length - 1;
      long share = last ? left : gen.between(0, left);
      weights.put(component, new Weight(share, gen.between(1, 1L << gen.intBetween(0, 40))));
      left -= share;
    }
    return new PoeParameters(
        weights, new Amount(gen.nextLong() >>> gen.intBetween(8, 40)), gen.between(0, 10_000_000));
  }

  @Test
  void indexIsTheSumOfItsParts() {
    Property.check(
        "index is additive",
        CASES,
        gen -> {
          PoeParameters parameters = parameters(gen);
          List<Usage> parts = new ArrayList<>(gen.list(1, 12, ExecutionIndexPropertyTest::usage));
          Usage whole = parts.stream().reduce(Usage.NONE, Usage::plus);
          Collections.shuffle(parts, new Random(gen.nextLong()));
          Ratio sum = Ratio.of(0, 1);
          for (Usage part : parts) {
            sum = sum.plus(ExecutionIndex.of(part, parameters).phi());
          }
          assertEquals(ExecutionIndex.of(whole, parameters).phi(), sum);
          assertEquals(whole, parts.stream().reduce(Usage.NONE, Usage::plus));
        });
  }

  @Test
  void growsWithEveryComponentAndStaysBelowOne() {
    Property.check(
        "index is monotone",
        CASES,
        gen -> {
          PoeParameters parameters = parameters(gen);
          Usage usage = usage(gen);
          ExecutionIndex index = ExecutionIndex.of(usage, parameters);
          assertTrue(index.gamma().compareTo(Ratio.of(1, 1)) < 0);
          for (Component component : Component.values()) {
            ExecutionIndex more = ExecutionIndex.of(usage.plus(only(component, 1)), parameters);
            boolean counts = parameters.weight(component).millionths() > 0;
            assertEquals(counts ? 1 : 0, more.phi().compareTo(index.phi()));
            assertEquals(counts ? 1 : 0, more.gamma().compareTo(index.gamma()));
            assertTrue(more.nex(parameters).compareTo(index.nex(parameters)) >= 0);
          }
        });
  }

  private static Usage only(Component component, long millionths) {
    return new Usage(
        component == Component.CPU_MS ? millionths : 0,
        component == Component.MEMORY_MB_S ? millionths : 0,
        component == Component.STORAGE_GB_DAY ? millionths : 0,
        component == Component.EGRESS_MB ? millionths : 0,
        component == Component.RECEIPTS_COUNT ? millionths : 0);
  }

  @Test
  void splitWorkNeverEarnsLess() {
    Property.check(
        "splitting",
        CASES,
        gen -> {
          PoeParameters parameters = parameters(gen);
          Usage one = usage(gen);
          Usage other = usage(gen);
          Amount whole = ExecutionIndex.of(one.plus(other), parameters).nex(parameters);
          Amount parts =
              ExecutionIndex.of(one, parameters)
                  .nex(parameters)
                  .plus(ExecutionIndex.of(other, parameters).nex(parameters));
          assertTrue(parts.units() + 1 >= whole.units());
        });
  }

  /** An independent computation over one common denominator, without reduction. */
  @Test
  void nexIsWithinOneUnitBelowTheExactValue() {
    Property.check(
        "rounding",
        CASES,
        gen -> {
          PoeParameters parameters = parameters(gen);
          Usage usage = usage(gen);
          BigInteger scales = BigInteger.ONE;
          for (Component component : Component.values()) {
            scales = scales.multiply(BigInteger.valueOf(parameters.weight(component).scale()));
          }
          BigInteger n = BigInteger.ZERO;
          for (Component component : Component.values()) {
            Weight weight = parameters.weight(component);
            n =
                n.add(
                    scales
                        .divide(BigInteger.valueOf(weight.scale()))
                        .multiply(BigInteger.valueOf(weight.millionths()))
                        .multiply(BigInteger.valueOf(usage.of(component))));
          }
          BigInteger d =
              scales.multiply(BigInteger.TEN.pow(12)).add(n).multiply(BigInteger.TEN.pow(6));
          BigInteger exact =
              n.multiply(BigInteger.valueOf(parameters.most().units()))
                  .multiply(BigInteger.valueOf(parameters.adoption()));
          BigInteger units =
              BigInteger.valueOf(ExecutionIndex.of(usage, parameters).nex(parameters).units());
          assertTrue(units.multiply(d).compareTo(exact) <= 0);
          assertTrue(units.add(BigInteger.ONE).multiply(d).compareTo(exact) > 0);
        });
  }
}
