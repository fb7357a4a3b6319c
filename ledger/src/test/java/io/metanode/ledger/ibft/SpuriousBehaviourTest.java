package io.metanode.ledger.ibft;

import static io.metanode.ledger.ibft.Bench.HEIGHT;
import static io.metanode.ledger.ibft.Bench.block;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What Besu's SpuriousBehaviourTest throws at a validator, at five validators. */
class SpuriousBehaviourTest {

  private static final Proposal BLOCK = block("block");
  private static final Digest ZERO = new Digest("00".repeat(32));

  private final Bench bench = new Bench(5);

  private QbftEngine engine() {
    QbftEngine.Setup setup =
        new QbftEngine.Setup(
            Bench.CHAIN,
            bench.members.getFirst(),
            Bench.KEYS,
            new Bench.TextBlocks(),
            bench.history,
            RoundTimeouts.DEFAULT);
    return QbftEngine.create(setup, HEIGHT, Optional.empty());
  }

  private void preparesOnAfter(byte[] noise) {
    QbftEngine engine = engine();
    assertEquals(List.of(), engine.handle(new EngineEvent.Received(noise)));
    byte[] proposal = MessageCodec.encode(bench.proposal(1, 0, BLOCK));
    List<EngineEffect> effects = engine.handle(new EngineEvent.Received(proposal));
    assertTrue(effects.get(0) instanceof EngineEffect.Persist);
    assertTrue(
        effects.get(1) instanceof EngineEffect.Broadcast b
            && MessageCodec.decode(b.message())
                .equals(Optional.of(bench.prepare(0, 0, BLOCK.digest()))));
  }

  @Test
  void aTruncatedMessageIsDropped() {
    preparesOnAfter(new byte[] {Payload.PreparePayload.KIND});
    preparesOnAfter(new byte[0]);
  }

  @Test
  void aMessageOfAnUnknownKindIsDropped() {
    byte[] message = MessageCodec.encode(bench.prepare(1, 0, BLOCK.digest()));
    message[0] = 9;
    preparesOnAfter(message);
  }

  @Test
  void strangersGetNoAnswer() {
    KeyIdentity stranger = Bench.stranger();
    Message proposal =
        new Message.ProposalMessage(
            bench.sign(stranger, new Payload.ProposalPayload(HEIGHT, Round.ZERO, BLOCK.digest())),
            BLOCK,
            List.of(),
            List.of());
    assertEquals(List.of(), bench.on(new Event.Received(proposal)));
    Message call =
        new Message.RoundChangeMessage(
            bench.sign(
                stranger, new Payload.RoundChangePayload(HEIGHT, new Round(3), Optional.empty())),
            Optional.empty());
    assertEquals(List.of(), bench.on(new Event.Received(call)));
    assertEquals(MessageLog.EMPTY, bench.state.log());
  }

  @Test
  void votesForAnotherDigestDoNotCount() {
    bench.receive(bench.proposal(1, 0, BLOCK));
    assertEquals(List.of(bench.prepare(0, 0, BLOCK.digest())), bench.sent());
    bench.receive(bench.prepare(1, 0, ZERO), bench.prepare(2, 0, BLOCK.digest()));
    bench.receive(bench.prepare(3, 0, BLOCK.digest()));
    assertEquals(List.of(), bench.sent());
    bench.receive(bench.prepare(4, 0, BLOCK.digest()));
    assertEquals(List.of(bench.commit(0, 0, BLOCK.digest())), bench.sent());
    bench.receive(bench.commit(1, 0, ZERO), bench.commit(2, 0, BLOCK.digest()));
    bench.receive(bench.commit(3, 0, BLOCK.digest()));
    assertEquals(List.of(), bench.effects(Effect.Decide.class));
    bench.receive(bench.commit(4, 0, BLOCK.digest()));
    assertEquals(BLOCK, bench.effects(Effect.Decide.class).getFirst().proposal());
  }

  @Test
  void oneWrongSealStopsTheBlockUntilTheRightOneComes() {
    bench.receive(bench.proposal(1, 0, BLOCK));
    for (int i = 2; i < 5; i++) {
      bench.receive(bench.prepare(i, 0, BLOCK.digest()));
    }
    bench.receive(bench.commit(1, 0, BLOCK.digest()), bench.commit(2, 0, BLOCK.digest()));
    bench.receive(bench.commit(bench.members.get(3), 0, BLOCK.digest(), ZERO));
    assertEquals(List.of(), bench.effects(Effect.Decide.class));
    bench.receive(bench.commit(3, 0, BLOCK.digest()));
    Effect.Decide decision = bench.effects(Effect.Decide.class).getFirst();
    assertTrue(decision.certificate().verifies(Bench.CHAIN, bench.set));
    assertEquals(4, decision.certificate().quorum(bench.set).orElseThrow().size());
  }

  @Test
  void aRightSealReplacesAWrongOneBeforeTheQuorum() {
    bench.receive(bench.proposal(1, 0, BLOCK));
    for (int i = 2; i < 5; i++) {
      bench.receive(bench.prepare(i, 0, BLOCK.digest()));
    }
    bench.receive(bench.commit(bench.members.get(3), 0, BLOCK.digest(), ZERO));
    bench.receive(bench.commit(3, 0, BLOCK.digest()));
    bench.receive(bench.commit(1, 0, BLOCK.digest()), bench.commit(2, 0, BLOCK.digest()));
    assertEquals(1, bench.effects(Effect.Decide.class).size());
    assertEquals(List.of(), bench.effects(Effect.Report.class));
  }
}
