package io.metanode.ledger.ibft;

import static io.metanode.ledger.ibft.Bench.HEIGHT;
import static io.metanode.ledger.ibft.Bench.block;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Which round changes count, at four validators. The cases are those of Besu's
 * RoundChangeMessageValidatorTest; where ours differs, the name says so.
 */
class RoundChangeMessageTest {

  private static final int TARGET = 3;
  private static final Proposal BLOCK = block("block");

  private final Bench bench = new Bench(4);

  private boolean valid(Message.RoundChangeMessage m) {
    return bench.rules.validRoundChangeMessage(m, bench.state);
  }

  private boolean valid(PreparedCertificate certificate) {
    return valid(bench.roundChange(1, TARGET, Optional.of(certificate)));
  }

  private PreparedCertificate with(
      Proposal block, int round, List<Signed<Payload.PreparePayload>> p) {
    return new PreparedCertificate(block, new Round(round), p);
  }

  private List<Signed<Payload.PreparePayload>> prepares(Height height, int round) {
    return bench.members.stream()
        .map(m -> bench.signedPrepare(m, height, round, BLOCK.digest()))
        .toList();
  }

  @Test
  void withoutAClaimItIsValid() {
    for (int i = 0; i < 4; i++) {
      assertTrue(valid(bench.roundChange(i, TARGET)));
    }
  }

  @Test
  void withAProvedClaimItIsValid() {
    assertTrue(valid(bench.prepared(2, BLOCK, 0, 1, 2, 3)));
    assertTrue(valid(bench.prepared(0, BLOCK, 1, 2, 3)));
  }

  @Test
  void aBlockMadeInAnotherRoundThanItWasPreparedIsValid() {
    assertTrue(valid(bench.prepared(1, block("made in round 0"), 0, 1, 2)));
  }

  @Test
  void aBlockThatIsNotWhatItsDigestSaysIsRefused() {
    Proposal forged = new Proposal(HEIGHT, BLOCK.digest(), block("forged").payload());
    assertFalse(valid(bench.prepared(2, forged, 0, 1, 2, 3)));
  }

  @Test
  void aWrongSignatureIsRefused() {
    Message.RoundChangeMessage a = bench.roundChange(1, TARGET);
    Message.RoundChangeMessage b = bench.roundChange(2, TARGET);
    assertFalse(
        valid(
            new Message.RoundChangeMessage(
                new Signed<>(a.signed().payload(), a.author(), b.signed().signature()),
                Optional.empty())));
  }

  @Test
  void tooFewPreparesAreRefused() {
    assertFalse(valid(bench.prepared(2, BLOCK, 0, 1)));
  }

  @Test
  void aPrepareOfAStrangerIsRefused() {
    List<Signed<Payload.PreparePayload>> votes =
        List.of(
            bench.signedPrepare(bench.members.get(0), HEIGHT, 2, BLOCK.digest()),
            bench.signedPrepare(bench.members.get(1), HEIGHT, 2, BLOCK.digest()),
            bench.signedPrepare(Bench.stranger(), HEIGHT, 2, BLOCK.digest()));
    assertFalse(valid(with(BLOCK, 2, votes)));
  }

  @Test
  void aClaimOfAnotherRoundThanThePreparesIsRefused() {
    assertFalse(valid(with(BLOCK, 1, prepares(HEIGHT, 2))));
  }

  @Test
  void preparesOfAnEarlierRoundAreRefused() {
    assertFalse(valid(with(BLOCK, 2, prepares(HEIGHT, 1))));
  }

  @Test
  void preparesOfAnotherHeightAreRefused() {
    assertFalse(valid(with(BLOCK, 2, prepares(HEIGHT.next(), 2))));
  }

  @Test
  void oneVoteTwiceIsOneVote() {
    assertFalse(valid(bench.prepared(2, BLOCK, 0, 1, 1)));
  }

  @Test
  void aBlockWithoutAClaimIsRefused() {
    assertFalse(
        valid(
            bench.roundChange(
                1, TARGET, Optional.empty(), Optional.of(bench.prepared(2, BLOCK, 0, 1, 2)))));
  }

  @Test
  void aClaimForAnotherDigestIsRefused() {
    Payload.PreparedClaim claim =
        new Payload.PreparedClaim(new Round(2), new Digest("01".repeat(32)));
    assertFalse(
        valid(
            bench.roundChange(
                1, TARGET, Optional.of(claim), Optional.of(bench.prepared(2, BLOCK, 0, 1, 2)))));
  }

  @Test
  void aClaimOfTheTargetRoundOrALaterOneIsRefused() {
    assertFalse(valid(bench.prepared(TARGET, BLOCK, 0, 1, 2)));
    assertFalse(valid(bench.prepared(TARGET + 1, BLOCK, 0, 1, 2)));
  }

  @Test
  void aRoundChangeToRoundZeroIsRefused() {
    assertFalse(valid(bench.roundChange(1, 0)));
  }
}
