package io.metanode.simulation;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The application of the runs: a block says who made it, in which round and as what number of that
 * maker, and whether it is fit to be decided.
 */
public final class Blocks implements ProposalRules {

  private static final byte FIT = 1;
  private static final byte UNFIT = 0;
  private static final int LENGTH = 1 + Integer.BYTES + ValidatorId.LENGTH + Long.BYTES;

  public static Proposal fit(Height height, Round round, ValidatorId maker, long number) {
    return block(FIT, height, round, maker, number);
  }

  /** A block that no honest validator accepts as new. */
  public static Proposal unfit(Height height, Round round, ValidatorId maker, long number) {
    return block(UNFIT, height, round, maker, number);
  }

  private static Proposal block(
      byte fitness, Height height, Round round, ValidatorId maker, long number) {
    byte[] payload =
        ByteBuffer.allocate(LENGTH)
            .put(fitness)
            .putInt(round.value())
            .put(maker.bytes())
            .putLong(number)
            .array();
    return new Proposal(height, digest(height, payload), payload);
  }

  private static Digest digest(Height height, byte[] payload) {
    byte[] prefix = ByteBuffer.allocate(Long.BYTES).putLong(height.value()).array();
    return Digest.ofBytes(Sha256.of(prefix, payload));
  }

  @Override
  public boolean binds(Proposal proposal) {
    return proposal.digest().equals(digest(proposal.height(), proposal.payload()));
  }

  @Override
  public boolean isValid(Proposal proposal, Round round, ValidatorId leader) {
    byte[] payload = proposal.payload();
    return isFit(proposal)
        && ByteBuffer.wrap(payload, 1, Integer.BYTES).getInt() == round.value()
        && Arrays.equals(leader.bytes(), maker(payload));
  }

  /** Whether the leader of the round in which the block was made made it, and made it fit. */
  static boolean mayBeDecided(Proposal proposal, ValidatorSet validators) {
    if (!isFit(proposal)) {
      return false;
    }
    Round made = new Round(ByteBuffer.wrap(proposal.payload(), 1, Integer.BYTES).getInt());
    ValidatorId leader = validators.leader(proposal.height(), made);
    return Arrays.equals(leader.bytes(), maker(proposal.payload()));
  }

  private static boolean isFit(Proposal proposal) {
    return proposal.payload().length == LENGTH && proposal.payload()[0] == FIT;
  }

  private static byte[] maker(byte[] payload) {
    int from = 1 + Integer.BYTES;
    return Arrays.copyOfRange(payload, from, from + ValidatorId.LENGTH);
  }
}
