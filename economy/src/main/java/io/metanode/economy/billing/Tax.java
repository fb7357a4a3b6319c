package io.metanode.economy.billing;

import io.metanode.economy.money.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * VAT on what is owed. What each category costs is rounded down to a minor unit; the units that
 * then lack to the amount owed go to the categories that lost most, one each (largest remainder).
 * VAT is computed for each category and rounded half up to a minor unit. So the nets sum to what is
 * owed, and nets and VAT to the gross amount, exactly.
 *
 * @param category what is taxed
 * @param basisPoints the rate
 */
record Tax(Category category, Amount net, int basisPoints, Amount vat) {

  private static final BigInteger WHOLE = BigInteger.valueOf(10_000);
  private static final BigInteger HALF = BigInteger.valueOf(5_000);

  /**
   * A line for each category.
   *
   * @param owed at least the whole minor units of all charges together
   */
  static List<Tax> of(Amount owed, Map<Category, Charge> charges, Terms terms) {
    Map<Category, Amount> nets = nets(owed, charges);
    List<Tax> lines = new ArrayList<>();
    for (Category category : Category.values()) {
      Amount net = nets.getOrDefault(category, Amount.ZERO);
      int rate = terms.rate(category);
      lines.add(new Tax(category, net, rate, vat(net, rate)));
    }
    return lines;
  }

  private static Map<Category, Amount> nets(Amount owed, Map<Category, Charge> charges) {
    Map<Category, Amount> nets = new EnumMap<>(Category.class);
    Amount left = owed;
    for (Category category : Category.values()) {
      Amount whole = charges.getOrDefault(category, Charge.ZERO).whole();
      nets.put(category, whole);
      left = left.minus(whole);
    }
    List<Category> byRest =
        List.of(Category.values()).stream()
            .sorted(
                Comparator.comparing((Category c) -> charges.getOrDefault(c, Charge.ZERO).rest())
                    .reversed())
            .toList();
    for (int i = 0; !left.isZero(); i = (i + 1) % byRest.size()) {
      nets.merge(byRest.get(i), new Amount(1), Amount::plus);
      left = left.minus(new Amount(1));
    }
    return nets;
  }

  private static Amount vat(Amount net, int basisPoints) {
    BigInteger product = BigInteger.valueOf(net.units()).multiply(BigInteger.valueOf(basisPoints));
    return Amount.of(product.add(HALF).divide(WHOLE));
  }
}
