package io.metanode.economy.supply;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;

/**
 * How FLX follows its par: below it more of the fees is burned, above it some is made. In
 * millionths where nothing else is said.
 *
 * @param leastBurn of the fees of an epoch; at least half
 * @param mintCap what may be made in an epoch at most
 * @param mintShare what may be made of the epoch's net usage at most
 * @param band how far from par, of par, the full measure is taken
 */
public record FlxPolicy(long leastBurn, Amount mintCap, long mintShare, long band) {

  static final long WHOLE = 1_000_000;

  /** Burn half at least, make 5,000 and 5 % of net usage at most; all of it 10 % from par. */
  public static final FlxPolicy DEFAULT =
      new FlxPolicy(500_000, Amount.tokens(5_000), 50_000, 100_000);

  /** One FLX at par, in AUR. */
  public static final Amount PAR = Amount.tokens(Token.FLX.par());

  /**
   * @throws IllegalArgumentException if a measure is out of its bounds
   */
  public FlxPolicy {
    boolean burns = leastBurn >= WHOLE / 2 && leastBurn <= WHOLE;
    boolean mints = mintCap.compareTo(Amount.tokens(5_000)) <= 0 && mintShare <= WHOLE / 20;
    if (!burns || !mints || mintShare < 0 || band < 1 || band > WHOLE) {
      throw new IllegalArgumentException(
          "no policy: burn %d, make %s and %d, band %d"
              .formatted(leastBurn, mintCap, mintShare, band));
    }
  }

  /**
   * What to do in an epoch.
   *
   * @param burn of its fees
   * @param mint what is made
   */
  public record Measure(Amount burn, Amount mint) {}

  /** Where no rate stands: burn the least, make nothing. */
  public Measure withoutRate(Amount fees) {
    return new Measure(burn(fees, leastBurn), Amount.ZERO);
  }

  /**
   * The measure at a rate. What is burned is rounded up, what is made down. Net usage is the fees
   * less what is burned of them.
   *
   * @param rate of one FLX, in AUR
   * @param fees of the epoch
   */
  public Measure at(Amount rate, Amount fees) {
    if (rate.compareTo(PAR) <= 0) {
      long more = strength(PAR.minus(rate));
      long share = leastBurn + (WHOLE - leastBurn) * more / WHOLE;
      return new Measure(burn(fees, share), Amount.ZERO);
    }
    Amount burn = burn(fees, leastBurn);
    Amount most = mintCap.min(fees.minus(burn).times(mintShare, WHOLE));
    return new Measure(burn, most.times(strength(rate.minus(PAR)), WHOLE));
  }

  /** From 0 at par to 1 at the end of the band. */
  private long strength(Amount distance) {
    Amount end = PAR.times(band, WHOLE);
    return distance.min(end).times(WHOLE, end.units()).units();
  }

  private static Amount burn(Amount fees, long share) {
    return fees.minus(fees.times(WHOLE - share, WHOLE));
  }
}
