package io.metanode.economy;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a ledger made a payment final. Payments of one chain are judged in this order, so whoever
 * knows the last place that was judged takes none twice.
 *
 * @param chain the chain's tag, in hexadecimal digits
 * @param transaction its place in the block
 * @param step its place among the transaction's payments
 */
public record PaymentPlace(String chain, long height, int transaction, int step) {

  private static final Comparator<PaymentPlace> ORDER =
      Comparator.comparingLong(PaymentPlace::height)
          .thenComparingInt(PaymentPlace::transaction)
          .thenComparingInt(PaymentPlace::step);

  /**
   * @throws IllegalArgumentException if it is no place
   */
  public PaymentPlace {
    if (!chain.matches("[0-9a-f]{1,64}") || height < 0 || transaction < 0 || step < 0) {
      throw new IllegalArgumentException(
          "no place on a ledger: %s/%d/%d/%d".formatted(chain, height, transaction, step));
    }
  }

  /** Whether it comes after another of the same chain. */
  public boolean isAfter(PaymentPlace other) {
    return ORDER.compare(this, other) > 0;
  }

  /** What {@link #toString} wrote; empty if it is something else. */
  public static Optional<PaymentPlace> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PaymentPlace(
              parts[0],
              Long.parseLong(parts[1]),
              Integer.parseInt(parts[2]),
              Integer.parseInt(parts[3])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return chain + "/" + height + "/" + transaction + "/" + step;
  }
}
