package io.metanode.ledger.ibft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The search sees every bug that makes validators disagree; so nothing that matters is left out.
 */
class SearchMutationTest {

  private static final long MOST = 60_000;

  /** Bugs that only stop progress, and two in what nobody does here: to forge, to seal wrongly. */
  private static final Set<Mutation> HARMLESS_HERE =
      EnumSet.of(
          Mutation.QUORUM_IS_EVERYBODY,
          Mutation.VALIDATORS_DO_NOT_WAIT_FOR_EACH_OTHER,
          Mutation.SEALS_UNCHECKED,
          Mutation.SIGNATURES_UNCHECKED);

  private static final class IgnoringClaims extends Rules {
    IgnoringClaims(QbftEngine.Setup setup) {
      super(setup.chain(), setup.authenticity(), setup.proposals());
    }

    @Override
    boolean isProposalJustification(
        List<Signed<Payload.RoundChangePayload>> roundChanges,
        List<Signed<Payload.PreparePayload>> prepares,
        Round round,
        Proposal block,
        ValidatorId leader,
        ValidatorSet validators) {
      return validateNonPreparedBlock(block, round, leader)
          && (round.equals(Round.ZERO) || authors(roundChanges) >= quorum(validators));
    }
  }

  private static final class AnyClaim extends Rules {
    AnyClaim(QbftEngine.Setup setup) {
      super(setup.chain(), setup.authenticity(), setup.proposals());
    }

    @Override
    boolean isHighestPrepared(
        Payload.PreparedClaim claim, Collection<Signed<Payload.RoundChangePayload>> roundChanges) {
      return true;
    }
  }

  /** What is wrong with the first of a few searches that finds something; empty if none does. */
  private static String caught(Function<QbftEngine.Setup, Rules> rules) {
    for (int rounds = 1; rounds <= 3; rounds++) {
      for (int byzantine = 0; byzantine < 4; byzantine++) {
        for (boolean crashes : new boolean[] {false, true}) {
          if (rounds < 3 || !crashes) {
            SearchScope scope = new SearchScope(new Height(1), byzantine, rounds, crashes);
            StateSearch.Result result = new StateSearch(scope, rules).run(MOST);
            if (result.violation().isPresent()) {
              return result.violation().get();
            }
          }
        }
      }
    }
    return "";
  }

  @Test
  void everyMutationThatBreaksSafetyIsCaught() {
    for (Mutation mutation : Mutation.values()) {
      assertEquals(
          HARMLESS_HERE.contains(mutation), caught(mutation::rules).isEmpty(), mutation::name);
    }
  }

  @Test
  void lockedBlocksThatAreIgnoredAreCaught() {
    assertEquals("abandoned decision", property(caught(IgnoringClaims::new)));
  }

  @Test
  void lowerClaimsThatCountAreCaught() {
    assertEquals("abandoned decision", property(caught(AnyClaim::new)));
  }

  private static String property(String violation) {
    return violation.isEmpty() ? "" : violation.substring(0, violation.indexOf(':'));
  }
}
