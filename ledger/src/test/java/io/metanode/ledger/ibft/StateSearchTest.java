package io.metanode.ledger.ibft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A bounded search in every build; {@link StateSearch#main} goes on to the end. */
class StateSearchTest {

  private static final long MOST = Long.getLong("search.states", 1_000);

  private static StateSearch.Result search(
      int byzantine, int lastRound, long most, StateSearch.Spoiler spoiler) {
    return new StateSearch(new Height(1), byzantine, lastRound, false, spoiler).run(most);
  }

  private static void assertCaught(int byzantine, int lastRound, StateSearch.Spoiler spoiler) {
    StateSearch.Result result = search(byzantine, lastRound, 60_000, spoiler);
    assertTrue(result.violation().isPresent(), () -> "not caught in " + result);
  }

  @Test
  void oneRoundIsSearchedToTheEnd() {
    for (int byzantine = 0; byzantine < 4; byzantine++) {
      StateSearch.Result result = search(byzantine, 0, MOST, StateSearch.Hasty::new);
      assertEquals(Optional.empty(), result.violation());
      assertTrue(result.complete());
      assertEquals(byzantine == 1 ? 888 : 144, result.states());
    }
  }

  @Test
  void threeRoundsHoldAsFarAsTheyAreSearched() {
    for (int byzantine = 0; byzantine < 4; byzantine++) {
      StateSearch.Result result = search(byzantine, 2, MOST / 4, StateSearch.Hasty::new);
      assertEquals(Optional.empty(), result.violation());
    }
  }

  @Test
  void aSmallerQuorumIsCaught() {
    assertCaught(1, 0, SmallQuorum::new);
  }

  @Test
  void lockedBlocksThatAreIgnoredAreCaught() {
    assertCaught(2, 1, IgnoringClaims::new);
  }

  @Test
  void lowerClaimsThatCountAreCaught() {
    assumeTrue(MOST >= 40_000, "takes -Dsearch.states=40000 or more");
    assertCaught(0, 2, AnyClaim::new);
  }

  private static final class SmallQuorum extends StateSearch.Hasty {
    SmallQuorum(Authenticity authenticity, ProposalRules proposals) {
      super(authenticity, proposals);
    }

    @Override
    int quorum(ValidatorSet validators) {
      return 2;
    }
  }

  private static final class IgnoringClaims extends StateSearch.Hasty {
    IgnoringClaims(Authenticity authenticity, ProposalRules proposals) {
      super(authenticity, proposals);
    }

    @Override
    boolean isProposalJustification(
        List<Signed<Payload.RoundChangePayload>> roundChanges,
        List<Signed<Payload.PreparePayload>> prepares,
        Round round,
        Proposal block,
        ValidatorId leader,
        ValidatorSet validators) {
      return round.equals(Round.ZERO) || authors(roundChanges) >= quorum(validators);
    }
  }

  private static final class AnyClaim extends StateSearch.Hasty {
    AnyClaim(Authenticity authenticity, ProposalRules proposals) {
      super(authenticity, proposals);
    }

    @Override
    boolean isHighestPrepared(
        Payload.PreparedClaim claim, Collection<Signed<Payload.RoundChangePayload>> roundChanges) {
      return true;
    }
  }
}
