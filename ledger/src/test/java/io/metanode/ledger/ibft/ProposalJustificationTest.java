package io.metanode.ledger.ibft;

import static io.metanode.ledger.ibft.Bench.block;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.consensus.Proposal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which proposals of round 2, led by member 3 of four, are justified. */
class ProposalJustificationTest {

  private static final Proposal OLD = block("prepared in round 0");
  private static final Proposal LATER = block("prepared in round 1");
  private static final Proposal NEW = block("new");

  private final Bench bench = new Bench(4);
  private final PreparedCertificate old = bench.prepared(0, OLD, 0, 1, 2);
  private final PreparedCertificate later = bench.prepared(1, LATER, 1, 2, 3);

  private boolean justified(
      Proposal block,
      List<Signed<Payload.PreparePayload>> prepares,
      Message.RoundChangeMessage... roundChanges) {
    return justified(bench.proposal(3, 2, block, List.of(roundChanges), prepares));
  }

  private boolean justified(Message.ProposalMessage m) {
    return bench.rules.isJustifiedProposal(m, bench.state);
  }

  private Message.RoundChangeMessage call(int by) {
    return bench.roundChange(by, 2);
  }

  private Message.RoundChangeMessage call(int by, PreparedCertificate certificate) {
    return bench.roundChange(by, 2, Optional.of(certificate));
  }

  @Test
  void aNewBlockNeedsAQuorumThatClaimsNothing() {
    assertTrue(justified(NEW, List.of(), call(0), call(1), call(2)));
    assertFalse(justified(NEW, List.of(), call(0), call(1)));
    assertFalse(justified(NEW, List.of()));
    assertFalse(justified(NEW, List.of(), call(0), call(1), call(2, old)));
  }

  @Test
  void oneRoundChangeTwiceIsOne() {
    assertFalse(justified(NEW, List.of(), call(0), call(1), call(1)));
  }

  @Test
  void roundChangesOfAnotherRoundDoNotCount() {
    assertFalse(justified(NEW, List.of(), call(0), call(1), bench.roundChange(2, 1)));
    assertFalse(justified(NEW, List.of(), call(0), call(1), bench.roundChange(2, 3)));
  }

  @Test
  void theHighestClaimDecidesTheBlock() {
    Message.RoundChangeMessage[] calls = {call(0, old), call(1, later), call(2)};
    assertTrue(justified(LATER, later.prepares(), calls));
    assertFalse(justified(OLD, old.prepares(), calls));
    assertFalse(justified(NEW, later.prepares(), calls));
  }

  @Test
  void aPreparedBlockComesWithAQuorumOfItsPrepares() {
    Message.RoundChangeMessage[] calls = {call(0), call(1, later), call(2)};
    assertFalse(justified(LATER, List.of(), calls));
    assertFalse(justified(LATER, later.prepares().subList(0, 2), calls));
    assertFalse(justified(LATER, old.prepares(), calls));
    assertFalse(justified(LATER, bench.prepared(0, LATER, 0, 1, 2).prepares(), calls));
  }

  @Test
  void aClaimOfTheRoundItselfOrALaterOneIsNone() {
    assertFalse(
        justified(
            OLD,
            bench.prepared(2, OLD, 0, 1, 2).prepares(),
            call(0),
            call(1),
            call(2, bench.prepared(2, OLD, 0, 1, 2))));
  }

  @Test
  void anotherLeaderAnotherDigestOrAnUnboundBlockIsRefused() {
    List<Message.RoundChangeMessage> calls = List.of(call(0), call(1), call(2));
    assertFalse(justified(bench.proposal(2, 2, NEW, calls, List.of())));
    Proposal unbound = new Proposal(Bench.HEIGHT, NEW.digest(), OLD.payload());
    assertFalse(justified(bench.proposal(3, 2, unbound, calls, List.of())));
    Message.ProposalMessage honest = bench.proposal(3, 2, NEW, calls, List.of());
    assertFalse(
        justified(
            new Message.ProposalMessage(
                honest.signed(), OLD, honest.roundChanges(), honest.prepares())));
  }

  @Test
  void roundZeroNeedsNoJustificationAndTakesNone() {
    assertTrue(justified(bench.proposal(1, 0, NEW)));
    assertFalse(justified(bench.proposal(1, 0, NEW, List.of(call(0)), List.of())));
    assertFalse(justified(bench.proposal(1, 0, block("!"))));
  }
}
