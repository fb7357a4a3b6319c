package io.metanode.economy.poe;

import io.metanode.economy.money.Amount;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The parameters of proof of execution, which governance sets.
 *
 * @param weights one for each component; their shares sum to one exactly
 * @param most K: what a window nears as its usage grows, for an adoption of one
 * @param adoption A, in 10⁻⁶
 */
public record PoeParameters(Map<Component, Weight> weights, Amount most, long adoption) {

  /** The highest adoption factor, in 10⁻⁶. */
  public static final long MAX_ADOPTION = 1_000_000_000;

  /** An adoption of one, in 10⁻⁶. */
  public static final long ADOPTION_ONE = 1_000_000;

  /** K = 1000, A = 1, and the weights and scales the network begins with. */
  public static final PoeParameters DEFAULT =
      new PoeParameters(
          Map.of(
              Component.CPU_MS, new Weight(350_000, 1000),
              Component.MEMORY_MB_S, new Weight(150_000, 1000),
              Component.STORAGE_GB_DAY, new Weight(150_000, 1),
              Component.EGRESS_MB, new Weight(150_000, 10),
              Component.RECEIPTS_COUNT, new Weight(200_000, 100)),
          Amount.tokens(1000),
          ADOPTION_ONE);

  /**
   * @throws IllegalArgumentException if a component has no weight, the shares do not sum to one, or
   *     the adoption factor is out of bounds
   */
  public PoeParameters {
    if (weights.size() != Component.values().length) {
      throw new IllegalArgumentException("each component has a weight: not " + weights);
    }
    long sum = weights.values().stream().mapToLong(Weight::millionths).sum();
    if (sum != Weight.WHOLE) {
      throw new IllegalArgumentException("the weights sum to " + sum + ", not " + Weight.WHOLE);
    }
    if (adoption < 0 || adoption > MAX_ADOPTION) {
      throw new IllegalArgumentException(
          "an adoption factor is from 0 to " + MAX_ADOPTION + ", not " + adoption);
    }
    weights = Collections.unmodifiableMap(new EnumMap<>(weights));
  }

  public Weight weight(Component component) {
    Weight weight = weights.get(component);
    if (weight == null) {
      throw new IllegalStateException("the constructor lets no component pass without a weight");
    }
    return weight;
  }
}
