package io.metanode.economy.machine;

import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.economy.poe.PoeParameters;
import io.metanode.economy.poe.Weight;
import io.metanode.economy.supply.FlxPolicy;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;
import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers of the economy that governance sets, all of them at once.
 *
 * @param windowMillis how long a window of proof of execution is
 * @param epochMillis how long an epoch of FLX is
 * @param poe what work is worth
 * @param flx how FLX follows its par
 * @param voting how proposals are decided
 */
public record Rules(
    long windowMillis, long epochMillis, PoeParameters poe, FlxPolicy flx, VotingRules voting)
    implements Fact {

  static final int TAG = 28;
  static final Place PLACE = new Place(28, Bytes32.ZERO);

  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;

  /** Windows and epochs of an hour, and what the parts begin with. */
  public static final Rules DEFAULT =
      new Rules(
          3_600_000, 3_600_000, PoeParameters.DEFAULT, FlxPolicy.DEFAULT, VotingRules.DEFAULT);

  /**
   * @throws IllegalArgumentException unless windows take a minute to 30 days, epochs ten minutes to
   *     30 days
   */
  public Rules {
    if (windowMillis < MINUTE || windowMillis > 30 * DAY) {
      throw new IllegalArgumentException("no window of " + windowMillis + " ms");
    }
    if (epochMillis < 10 * MINUTE || epochMillis > 30 * DAY) {
      throw new IllegalArgumentException("no epoch of " + epochMillis + " ms");
    }
  }

  @Override
  public Place place() {
    return PLACE;
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(windowMillis).u64(epochMillis);
    for (Component component : Component.values()) {
      Weight weight = poe.weight(component);
      out.u32((int) weight.millionths()).u64(weight.scale());
    }
    out.u64(poe.most().units()).u64(poe.adoption());
    out.u64(flx.leastBurn()).u64(flx.mintCap().units()).u64(flx.mintShare()).u64(flx.band());
    voting.encode(out);
  }

  static Rules decodeFields(Decoder in) throws DecodingException {
    long window = in.u63();
    long epoch = in.u63();
    Map<Component, Weight> weights = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      long millionths = in.u31();
      long scale = in.u63();
      weights.put(component, Fields.valid(in, () -> new Weight(millionths, scale)));
    }
    Amount most = Fields.amount(in);
    long adoption = in.u63();
    PoeParameters poe = Fields.valid(in, () -> new PoeParameters(weights, most, adoption));
    long burn = in.u63();
    Amount cap = Fields.amount(in);
    long share = in.u63();
    long band = in.u63();
    FlxPolicy flx = Fields.valid(in, () -> new FlxPolicy(burn, cap, share, band));
    VotingRules voting = VotingRules.decode(in);
    return Fields.valid(in, () -> new Rules(window, epoch, poe, flx, voting));
  }
}
