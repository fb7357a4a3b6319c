package io.metanode.ledger.ibft;

import static io.metanode.ledger.ibft.Bench.HEIGHT;
import static io.metanode.ledger.ibft.Bench.block;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Five validators, quorum four; the one under test leads round 4. The situations are those that
 * Besu's RoundChangeTest puts a QBFT validator in.
 */
class RoundChangeTest {

  private static final Proposal BLOCK = block("block");
  private static final Proposal OTHER = block("other");

  private final Bench bench = new Bench(5);

  private static Message.RoundChangeMessage roundChange(List<Message> sent) {
    return assertInstanceOf(Message.RoundChangeMessage.class, sent.getLast());
  }

  private static Message.ProposalMessage proposal(List<Message> sent) {
    return assertInstanceOf(Message.ProposalMessage.class, sent.getFirst());
  }

  private void build(int round, Proposal block) {
    bench.on(new Event.Built(new Round(round), block));
  }

  @Test
  void timeoutSendsARoundChange() {
    bench.on(new Event.BlockTimeout(HEIGHT));
    bench.roundTimeout();
    assertEquals(List.of(bench.roundChange(0, 1)), bench.sent());
  }

  @Test
  void withoutPreparesTheRoundChangeClaimsNothing() {
    bench.receive(bench.proposal(1, 0, BLOCK));
    bench.roundTimeout();
    assertEquals(bench.roundChange(0, 1), roundChange(bench.sent()));
  }

  @Test
  void withTooFewPreparesTheRoundChangeClaimsNothing() {
    bench.receive(
        bench.proposal(1, 0, BLOCK),
        bench.prepare(1, 0, BLOCK.digest()),
        bench.prepare(2, 0, BLOCK.digest()));
    bench.roundTimeout();
    assertEquals(bench.roundChange(0, 1), roundChange(bench.sent()));
  }

  @Test
  void withAQuorumOfPreparesTheRoundChangeCarriesThem() {
    bench.receive(
        bench.proposal(1, 0, BLOCK),
        bench.prepare(1, 0, BLOCK.digest()),
        bench.prepare(2, 0, BLOCK.digest()),
        bench.prepare(3, 0, BLOCK.digest()));
    bench.roundTimeout();
    Message.RoundChangeMessage sent = roundChange(bench.sent());
    PreparedCertificate certificate = sent.certificate().orElseThrow();
    assertEquals(Optional.of(certificate.claim()), sent.signed().payload().prepared());
    assertEquals(BLOCK, certificate.proposal());
    assertEquals(4, bench.rules.authors(certificate.prepares()));
    assertTrue(bench.rules.provesPrepared(certificate, bench.state));
  }

  @Test
  void aQuorumOfRoundChangesMakesTheLeaderPropose() {
    List<Message.RoundChangeMessage> calls =
        List.of(
            bench.roundChange(1, 4),
            bench.roundChange(2, 4),
            bench.roundChange(3, 4),
            bench.roundChange(4, 4));
    calls.forEach(bench::receive);
    assertEquals(
        List.of(new Effect.Build(HEIGHT, new Round(4))), bench.effects(Effect.Build.class));
    bench.sent();
    build(4, BLOCK);
    List<Message> sent = bench.sent();
    assertEquals(BLOCK, proposal(sent).proposal());
    assertEquals(5, proposal(sent).roundChanges().size());
    assertEquals(List.of(), proposal(sent).prepares());
    assertEquals(bench.prepare(0, 4, BLOCK.digest()), sent.get(1));
  }

  @Test
  void theProposalIsTheBlockPreparedLast() {
    PreparedCertificate earlier = bench.prepared(1, OTHER, 1, 2, 3, 4);
    PreparedCertificate best = bench.prepared(2, BLOCK, 1, 2, 3, 4);
    bench.receive(
        bench.roundChange(1, 4, Optional.of(best)),
        bench.roundChange(2, 4, Optional.of(earlier)),
        bench.roundChange(3, 4, Optional.of(earlier)),
        bench.roundChange(4, 4));
    List<Message> sent =
        bench.sent().stream().filter(Message.ProposalMessage.class::isInstance).toList();
    assertEquals(BLOCK, proposal(sent).proposal());
    assertEquals(best.prepares(), proposal(sent).prepares());
    assertEquals(List.of(), bench.effects(Effect.Build.class));
  }

  @Test
  void nobodyGoesBackToAnEarlierRound() {
    for (int i = 1; i < 5; i++) {
      bench.receive(bench.roundChange(i, 9));
    }
    bench.sent();
    for (int i = 1; i < 5; i++) {
      bench.receive(bench.roundChange(i, 4));
    }
    assertEquals(new Round(9), bench.state.round());
    assertEquals(List.of(), bench.sent());
    build(4, OTHER);
    build(9, BLOCK);
    assertEquals(BLOCK, proposal(bench.sent()).proposal());
  }

  @Test
  void manyRoundChangesOfOneValidatorAreOne() {
    for (int i = 0; i < 4; i++) {
      bench.receive(bench.roundChange(2, 4));
    }
    assertEquals(List.of(), bench.sent());
    assertEquals(Round.ZERO, bench.state.round());
  }

  @Test
  void aSecondRoundChangeDoesNotReplaceTheFirst() {
    PreparedCertificate certificate = bench.prepared(2, BLOCK, 1, 2, 3, 4);
    bench.receive(bench.roundChange(1, 4, Optional.of(certificate)));
    bench.receive(bench.roundChange(1, 4));
    bench.receive(bench.roundChange(2, 4), bench.roundChange(3, 4), bench.roundChange(4, 4));
    List<Message> sent =
        bench.sent().stream().filter(Message.ProposalMessage.class::isInstance).toList();
    assertEquals(BLOCK, proposal(sent).proposal());
    assertEquals(certificate.prepares(), proposal(sent).prepares());
  }

  @Test
  void preparesOfARoundThatIsLeftChangeNothing() {
    bench.receive(bench.proposal(1, 0, BLOCK));
    bench.roundTimeout();
    bench.sent();
    for (int i = 1; i < 5; i++) {
      bench.receive(bench.prepare(i, 0, BLOCK.digest()));
    }
    assertEquals(List.of(), bench.sent());
    assertTrue(bench.state.lock().isEmpty());
  }

  @Test
  void theTimeoutOfAnotherRoundOrHeightIsIgnored() {
    bench.on(new Event.RoundTimeout(HEIGHT, new Round(1)));
    bench.on(new Event.RoundTimeout(HEIGHT.next(), Round.ZERO));
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void aClaimWithoutPreparesIsNoRoundChange() {
    bench.receive(bench.roundChange(1, 4), bench.roundChange(2, 4));
    assertEquals(new Round(4), bench.state.round());
    bench.sent();
    bench.receive(bench.roundChange(3, 4, Optional.of(bench.prepared(1, BLOCK))));
    assertEquals(List.of(), bench.sent());
    assertEquals(List.of(), bench.effects(Effect.Build.class));
  }

  @Test
  void aPreparedBlockKeepsItsMakerInALaterRound() {
    PreparedCertificate certificate = bench.prepared(2, BLOCK, 1, 2, 3, 4);
    bench.receive(
        bench.roundChange(1, 4),
        bench.roundChange(2, 4),
        bench.roundChange(3, 4, Optional.of(certificate)),
        bench.roundChange(4, 4));
    List<Message> sent =
        bench.sent().stream().filter(m -> !(m instanceof Message.RoundChangeMessage)).toList();
    assertEquals(BLOCK.digest(), proposal(sent).signed().payload().digest());
    assertEquals(bench.prepare(0, 4, BLOCK.digest()), sent.get(1));
  }
}
