package io.metanode.economy.machine;

import io.metanode.economy.money.Amount;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * How proposals are decided.
 *
 * @param openMillis how long votes are taken
 * @param timelockMillis how long a change of rules waits after it was decided
 * @param quorum the part of all votable GEN that must vote, in millionths
 * @param least the GEN that a proposal needs to be made
 */
public record VotingRules(long openMillis, long timelockMillis, long quorum, Amount least) {

  static final long WHOLE = 1_000_000;

  private static final long DAY = 86_400_000;

  /** A day for votes, a day until rules change, a fifth of the GEN, one GEN to propose. */
  public static final VotingRules DEFAULT = new VotingRules(DAY, DAY, 200_000, Amount.tokens(1));

  /**
   * @throws IllegalArgumentException unless times are from a minute to 60 days, and the quorum is
   *     from 0 to 1
   */
  public VotingRules {
    boolean times = inBounds(openMillis) && inBounds(timelockMillis);
    if (!times || quorum < 0 || quorum > WHOLE) {
      throw new IllegalArgumentException(
          "no rules: %d ms, then %d ms, quorum %d".formatted(openMillis, timelockMillis, quorum));
    }
  }

  private static boolean inBounds(long millis) {
    return millis >= 60_000 && millis <= 60 * DAY;
  }

  void encode(Encoder out) {
    out.u64(openMillis).u64(timelockMillis).u64(quorum).u64(least.units());
  }

  static VotingRules decode(Decoder in) throws DecodingException {
    long open = in.u63();
    long timelock = in.u63();
    long quorum = in.u63();
    Amount least = Fields.amount(in);
    return Fields.valid(in, () -> new VotingRules(open, timelock, quorum, least));
  }
}
