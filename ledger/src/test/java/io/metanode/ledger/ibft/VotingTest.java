package io.metanode.ledger.ibft;

import static io.metanode.ledger.ibft.Bench.HEIGHT;
import static io.metanode.ledger.ibft.Bench.block;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One validator of four, by the rules: votes, durability, restarts, evidence, catching up. */
class VotingTest {

  private static final Proposal BLOCK = block("block");
  private static final Proposal OTHER = block("other");

  private final Bench bench = new Bench(4);

  private void prepareBlock() {
    bench.receive(
        bench.proposal(1, 0, BLOCK),
        bench.prepare(1, 0, BLOCK.digest()),
        bench.prepare(2, 0, BLOCK.digest()));
  }

  @Test
  void everyVoteIsDurableBeforeItIsSent() {
    List<Effect> effects = bench.on(new Event.Received(bench.proposal(1, 0, BLOCK)));
    Effect.Persist persist = assertInstanceOf(Effect.Persist.class, effects.get(0));
    assertEquals(Optional.of(BLOCK.digest()), persist.votes().prepared());
    assertEquals(new Effect.Broadcast(bench.prepare(0, 0, BLOCK.digest())), effects.get(1));
    bench.receive(bench.prepare(1, 0, BLOCK.digest()));
    effects = bench.on(new Event.Received(bench.prepare(2, 0, BLOCK.digest())));
    persist = assertInstanceOf(Effect.Persist.class, effects.get(0));
    assertEquals(BLOCK, persist.votes().lock().orElseThrow().proposal());
    assertInstanceOf(Effect.Broadcast.class, effects.get(1));
  }

  @Test
  void aLoneValidatorDecidesAtOnce() {
    Bench lone = new Bench(1);
    lone.on(new Event.BlockTimeout(HEIGHT));
    List<Effect> effects = lone.on(new Event.Built(Round.ZERO, BLOCK));
    assertEquals(BLOCK, lone.effects(Effect.Decide.class).getFirst().proposal());
    assertEquals(7, effects.indexOf(new Effect.StartBlockTimer(HEIGHT.next())));
    assertEquals(HEIGHT.next(), lone.state.height());
  }

  @Test
  void aProposalIsDecidedWithACertificateOfAQuorum() {
    prepareBlock();
    bench.receive(bench.commit(2, 0, BLOCK.digest()), bench.commit(3, 0, BLOCK.digest()));
    Effect.Decide decision = bench.effects(Effect.Decide.class).getFirst();
    assertEquals(BLOCK, decision.proposal());
    assertTrue(decision.certificate().verifies(Bench.CHAIN, bench.set));
    assertEquals(HEIGHT.next(), bench.state.height());
    assertEquals(Round.ZERO, bench.state.round());
  }

  @Test
  void aCertificateOfTooFewOrForAnotherBlockIsRefused() {
    bench.on(new Event.BlockArrived(BLOCK, bench.certificate(0, BLOCK, 1, 2)));
    bench.on(new Event.BlockArrived(OTHER, bench.certificate(0, BLOCK, 1, 2, 3)));
    bench.on(new Event.BlockArrived(block("x"), bench.certificate(0, BLOCK, 1, 2, 3)));
    assertEquals(HEIGHT, bench.state.height());
    bench.on(new Event.BlockArrived(BLOCK, bench.certificate(2, BLOCK, 1, 2, 3)));
    assertEquals(HEIGHT.next(), bench.state.height());
  }

  @Test
  void onlyTheLeaderOfTheRoundProposes() {
    bench.receive(bench.proposal(2, 0, BLOCK));
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void anInvalidBlockIsNotPrepared() {
    bench.receive(bench.proposal(1, 0, block("!")));
    assertEquals(List.of(), bench.sent());
  }

  @Test
  void aRestartedValidatorPreparesNothingElse() {
    bench.receive(bench.proposal(1, 0, BLOCK));
    bench.sent();
    bench.restart();
    bench.receive(bench.proposal(1, 0, OTHER));
    assertEquals(List.of(), bench.sent());
    bench.restart();
    bench.receive(bench.proposal(1, 0, BLOCK));
    assertEquals(List.of(bench.prepare(0, 0, BLOCK.digest())), bench.sent());
  }

  @Test
  void aRestartedValidatorKeepsItsLockAndItsRound() {
    prepareBlock();
    bench.roundTimeout();
    bench.sent();
    bench.restart();
    assertEquals(new Round(1), bench.state.round());
    bench.roundTimeout();
    Message.RoundChangeMessage call =
        assertInstanceOf(Message.RoundChangeMessage.class, bench.sent().getFirst());
    assertEquals(new Round(2), call.round());
    assertEquals(BLOCK, call.certificate().orElseThrow().proposal());
  }

  @Test
  void votesOfAHeightWithoutItsBlocksStopTheEngine() {
    VoteRecord votes = VoteRecord.none(HEIGHT.next());
    QbftEngine.Setup setup =
        new QbftEngine.Setup(
            Bench.CHAIN,
            bench.members.getFirst(),
            Bench.KEYS,
            new Bench.TextBlocks(),
            bench.history,
            RoundTimeouts.DEFAULT);
    Optional<byte[]> record = Optional.of(MessageCodec.encodeVotes(votes));
    assertThrows(IllegalStateException.class, () -> QbftEngine.create(setup, HEIGHT, record));
  }

  @Test
  void twoProposalsOfOneRoundAreEvidence() {
    bench.receive(bench.proposal(1, 0, BLOCK), bench.proposal(1, 0, OTHER));
    Evidence evidence = bench.effects(Effect.Report.class).getFirst().evidence();
    assertEquals(bench.members.get(1).id(), evidence.author());
    assertTrue(evidence.verifies(Bench.CHAIN, bench.set, Bench.KEYS));
    assertFalse(evidence.verifies(Bench.CHAIN, new Bench(1).set, Bench.KEYS));
    bench.receive(bench.proposal(1, 0, block("third")));
    assertEquals(1, bench.effects(Effect.Report.class).size());
  }

  @Test
  void twoPreparesAndTwoCommitsAreEvidenceEvenOfARoundThatIsOver() {
    bench.receive(bench.prepare(2, 0, BLOCK.digest()), bench.commit(3, 0, BLOCK.digest()));
    bench.roundTimeout();
    bench.receive(bench.prepare(2, 0, OTHER.digest()), bench.commit(3, 0, OTHER.digest()));
    List<Effect.Report> reports = bench.effects(Effect.Report.class);
    assertEquals(2, reports.size());
    reports.forEach(r -> assertTrue(r.evidence().verifies(Bench.CHAIN, bench.set, Bench.KEYS)));
  }

  @Test
  void aVoteWithAForgedSignatureAccusesNobody() {
    bench.receive(bench.prepare(2, 0, BLOCK.digest()));
    Message.PrepareMessage forged = bench.prepare(2, 0, OTHER.digest());
    bench.receive(
        new Message.PrepareMessage(
            new Signed<>(
                forged.signed().payload(),
                forged.author(),
                bench.prepare(3, 0, OTHER.digest()).signed().signature())));
    assertEquals(List.of(), bench.effects(Effect.Report.class));
  }

  @Test
  void roundChangesOfMoreThanFValidatorsCarryAlong() {
    bench.receive(bench.roundChange(2, 5));
    assertEquals(Round.ZERO, bench.state.round());
    bench.receive(bench.roundChange(3, 3));
    assertEquals(new Round(3), bench.state.round());
    assertEquals(bench.roundChange(0, 3), bench.sent().getLast());
  }

  @Test
  void aValidatorAheadOfTheOthersCallsAgainAndWaits() {
    bench.roundTimeout();
    bench.sent();
    bench.roundTimeout();
    assertEquals(List.of(bench.roundChange(0, 1)), bench.sent());
    assertEquals(new Round(1), bench.state.round());
    bench.receive(bench.roundChange(2, 1), bench.roundChange(3, 1));
    bench.roundTimeout();
    assertEquals(new Round(2), bench.state.round());
  }

  @Test
  void aLaggardIsOfferedTheBlockItMisses() {
    prepareBlock();
    bench.receive(bench.commit(2, 0, BLOCK.digest()), bench.commit(3, 0, BLOCK.digest()));
    bench.receive(bench.roundChange(1, 4));
    assertEquals(
        List.of(new Effect.Offer(HEIGHT, bench.members.get(1).id())),
        bench.effects(Effect.Offer.class));
  }

  @Test
  void messagesOfTheNextHeightWaitAndThoseBeyondAskForBlocks() {
    Bench other = new Bench(4);
    var beyond = new Payload.PreparePayload(HEIGHT.next().next(), Round.ZERO, BLOCK.digest());
    bench.receive(new Message.PrepareMessage(other.sign(bench.members.get(2), beyond)));
    assertEquals(
        List.of(new Effect.Fetch(HEIGHT, bench.members.get(2).id())),
        bench.effects(Effect.Fetch.class));
    var next = new Payload.PreparePayload(HEIGHT.next(), Round.ZERO, BLOCK.digest());
    bench.receive(new Message.PrepareMessage(other.sign(bench.members.get(2), next)));
    assertEquals(1, bench.state.early().size());
    bench.on(new Event.BlockArrived(BLOCK, bench.certificate(0, BLOCK, 1, 2, 3)));
    assertEquals(1, bench.state.log().prepares().at(Round.ZERO).size());
  }

  @Test
  void aChangeOfTheSetTakesEffectTwoHeightsOn() {
    ValidatorSet smaller = new Bench(3).set;
    bench.history.change(HEIGHT, smaller);
    bench.on(new Event.BlockArrived(BLOCK, bench.certificate(0, BLOCK, 1, 2, 3)));
    assertEquals(bench.set, bench.state.validators());
    assertEquals(smaller, bench.history.at(HEIGHT.next().next()));
  }

  @Test
  void whoIsNotInTheSetFollowsAndDoesNotVote() {
    ValidatorSet others = new ValidatorSet(bench.set.members().subList(1, 4));
    bench.state = QbftState.at(HEIGHT, others, VoteRecord.none(HEIGHT));
    bench.receive(bench.proposal(2, 0, BLOCK));
    bench.roundTimeout();
    assertEquals(List.of(), bench.sent());
  }
}
