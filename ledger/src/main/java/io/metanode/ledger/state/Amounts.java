package io.metanode.ledger.state;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * How much of each asset, in minor units of 10⁻⁹. No amount is negative. The supply of an asset is
 * an amount too, so no sum of balances overflows.
 */
public record Amounts(long gen, long nex, long flx, long aur) {

  public static final Amounts ZERO = new Amounts(0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if an amount is negative
   */
  public Amounts {
    if ((gen | nex | flx | aur) < 0) {
      throw new IllegalArgumentException("an amount is never negative");
    }
  }

  public long of(Asset asset) {
    return switch (asset) {
      case GEN -> gen;
      case NEX -> nex;
      case FLX -> flx;
      case AUR -> aur;
    };
  }

  private Amounts with(Asset asset, long amount) {
    return switch (asset) {
      case GEN -> new Amounts(amount, nex, flx, aur);
      case NEX -> new Amounts(gen, amount, flx, aur);
      case FLX -> new Amounts(gen, nex, amount, aur);
      case AUR -> new Amounts(gen, nex, flx, amount);
    };
  }

  /**
   * @throws ArithmeticException if the sum is above 2^63 - 1
   */
  public Amounts plus(Asset asset, long amount) {
    return with(asset, Math.addExact(of(asset), amount));
  }

  /**
   * @throws ArithmeticException if the sum of an asset is above 2^63 - 1
   */
  public Amounts plus(Amounts other) {
    Amounts sum = this;
    for (Asset asset : Asset.values()) {
      sum = sum.plus(asset, other.of(asset));
    }
    return sum;
  }

  /**
   * @throws IllegalArgumentException if there is less than {@code amount}
   */
  public Amounts minus(Asset asset, long amount) {
    return with(asset, of(asset) - amount);
  }

  void encode(Encoder out) {
    out.u64(gen).u64(nex).u64(flx).u64(aur);
  }

  static Amounts decode(Decoder in) throws DecodingException {
    return new Amounts(in.u63(), in.u63(), in.u63(), in.u63());
  }
}
