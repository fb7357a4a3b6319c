package io.metanode.economy.billing;

import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.economy.poe.Usage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One version of the prices.
 *
 * @param version from 1
 * @param from the time from which it holds, in milliseconds
 * @param prices of a whole unit of each component, in NEX
 */
public record PriceList(int version, long from, Map<Component, Amount> prices) {

  /** The prices the network begins with, for all time before a change. */
  public static final PriceList FIRST =
      new PriceList(
          1,
          0,
          Map.of(
              Component.CPU_MS, new Amount(20_000),
              Component.MEMORY_MB_S, new Amount(10_000),
              Component.STORAGE_GB_DAY, new Amount(1_000_000),
              Component.EGRESS_MB, new Amount(30_000),
              Component.RECEIPTS_COUNT, new Amount(50_000)));

  /**
   * @throws IllegalArgumentException if a component has no price or a number is out of bounds
   */
  public PriceList {
    if (version < 1 || from < 0 || prices.size() != Component.values().length) {
      throw new IllegalArgumentException(
          "no price list: version %d from %d: %s".formatted(version, from, prices));
    }
    prices = Collections.unmodifiableMap(new EnumMap<>(prices));
  }

  public Amount price(Component component) {
    Amount price = prices.get(component);
    if (price == null) {
      throw new IllegalStateException("the constructor lets no component pass without a price");
    }
    return price;
  }

  /** What usage costs, exactly. The charge of a sum is the sum of the charges. */
  public Charge rate(Usage usage) {
    Charge charge = Charge.ZERO;
    for (Component component : Component.values()) {
      charge = charge.plus(Charge.of(usage.of(component), price(component)));
    }
    return charge;
  }
}
