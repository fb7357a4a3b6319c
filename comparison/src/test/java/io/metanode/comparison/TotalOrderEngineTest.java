package io.metanode.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.KeyAuthenticity;
import io.metanode.ledger.ibft.KeyIdentity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.ibft.RoundTimeouts;
import io.metanode.ledger.ibft.Signed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One of four validators, to whom the order of proposals is given. */
final class TotalOrderEngineTest {

  private static final Height HEIGHT = new Height(1);
  private static final int BAD = 0;

  private final Scenario scenario = new Scenario(3);
  private final ChainId chain = scenario.genesis.id();
  private final ValidatorSet set = scenario.genesis.validators().set();
  private final TotalOrder order = new TotalOrder();
  private final TotalOrderEngine engine =
      new TotalOrderEngine(
          new QbftEngine.Setup(
              chain,
              scenario.identities.getFirst(),
              new KeyAuthenticity(),
              new ByFirstByte(),
              _ -> set,
              RoundTimeouts.DEFAULT),
          order,
          HEIGHT);

  /** A proposal is valid unless its first byte is {@link #BAD}. */
  private static final class ByFirstByte implements ProposalRules {
    @Override
    public boolean binds(Proposal proposal) {
      return true;
    }

    @Override
    public boolean isValid(Proposal proposal, Round round, ValidatorId leader) {
      return proposal.payload()[0] != BAD;
    }
  }

  private static Proposal proposal(int payload) {
    byte[] bytes = {(byte) payload};
    return new Proposal(HEIGHT, Digest.ofBytes(Sha256.of(bytes)), bytes);
  }

  private <P extends Payload> Signed<P> signed(int author, P payload) {
    KeyIdentity identity = scenario.identities.get(author);
    return new Signed<>(
        payload, identity.id(), identity.sign(PayloadCodec.signingBytes(chain, payload)));
  }

  private Message.ProposalMessage proposed(int author, int payload) {
    Proposal proposal = proposal(payload);
    return new Message.ProposalMessage(
        signed(author, new Payload.ProposalPayload(HEIGHT, Round.ZERO, proposal.digest())),
        proposal,
        List.of(),
        List.of());
  }

  /** A seal by {@code signer} in the name of {@code author}. */
  private Message.CommitMessage sealed(int author, int signer, int payload) {
    Digest digest = proposal(payload).digest();
    byte[] bytes = CommitCertificate.sealed(chain, HEIGHT, Round.ZERO, digest);
    return new Message.CommitMessage(
        signed(
            author,
            new Payload.CommitPayload(
                HEIGHT, Round.ZERO, digest, scenario.identities.get(signer).seal(bytes))));
  }

  private List<EngineEffect> receive(Message message) {
    return engine.handle(new EngineEvent.Received(MessageCodec.encode(message)));
  }

  /** What the effects seal. */
  private static List<Digest> seals(List<EngineEffect> effects) {
    return effects.stream()
        .flatMap(e -> e instanceof EngineEffect.Broadcast b ? Stream.of(b) : Stream.empty())
        .flatMap(b -> MessageCodec.decode(b.message()).stream())
        .flatMap(m -> m instanceof Message.CommitMessage c ? Stream.of(c) : Stream.empty())
        .map(c -> c.signed().payload().digest())
        .toList();
  }

  private static List<EngineEffect.Decide> decisions(List<EngineEffect> effects) {
    return effects.stream()
        .flatMap(e -> e instanceof EngineEffect.Decide d ? Stream.of(d) : Stream.empty())
        .toList();
  }

  @Test
  void whatCameFirstIsSealedThoughAnotherIsHereFirst() {
    order.append(proposed(1, 11));
    order.append(proposed(2, 22));
    assertEquals(List.of(), seals(receive(proposed(2, 22))));
    assertEquals(List.of(proposal(11).digest()), seals(receive(proposed(1, 11))));
    assertEquals(List.of(), seals(receive(proposed(1, 11))), "once");
  }

  @Test
  void anInvalidProposalIsPassedOver() {
    order.append(proposed(1, BAD));
    order.append(proposed(2, 22));
    assertEquals(List.of(), seals(receive(proposed(1, BAD))));
    assertEquals(List.of(proposal(22).digest()), seals(receive(proposed(2, 22))));
  }

  @Test
  void aQuorumOfSealsDecides() {
    order.append(proposed(1, 11));
    receive(proposed(1, 11));
    assertEquals(List.of(), decisions(receive(sealed(1, 1, 11))));
    assertEquals(List.of(), decisions(receive(sealed(2, 2, 11))));
    assertEquals(List.of(), decisions(receive(sealed(2, 2, 11))), "twice is once");
    List<EngineEffect.Decide> decided = decisions(receive(sealed(3, 3, 11)));
    assertEquals(proposal(11), decided.getFirst().proposal());
    assertTrue(decided.getFirst().certificate().verifies(chain, set));
    assertEquals(HEIGHT.next(), engine.height());
  }

  @Test
  void aSealByAnotherKeyDoesNotCount() {
    order.append(proposed(1, 11));
    receive(proposed(1, 11));
    receive(sealed(1, 1, 11));
    receive(sealed(2, 2, 11));
    assertEquals(List.of(), decisions(receive(sealed(3, 1, 11))));
  }

  @Test
  void aCertificateOfOthersDecidesIfItHolds() {
    order.append(proposed(1, 11));
    receive(proposed(1, 11));
    receive(sealed(1, 1, 11));
    receive(sealed(2, 2, 11));
    EngineEffect.Decide decided = decisions(receive(sealed(3, 3, 11))).getFirst();
    TotalOrderEngine late =
        new TotalOrderEngine(
            new QbftEngine.Setup(
                chain,
                scenario.identities.getLast(),
                new KeyAuthenticity(),
                new ByFirstByte(),
                _ -> set,
                RoundTimeouts.DEFAULT),
            new TotalOrder(),
            HEIGHT);
    EngineEvent wrong = new EngineEvent.BlockArrived(proposal(22), decided.certificate());
    assertEquals(List.of(), decisions(late.handle(wrong)));
    EngineEvent right = new EngineEvent.BlockArrived(proposal(11), decided.certificate());
    assertEquals(1, decisions(late.handle(right)).size());
  }

  @Test
  void anybodyProposesOnceTheLeaderIsLate() {
    engine.start();
    assertTrue(
        engine.handle(new EngineEvent.RoundTimeout(HEIGHT, Round.ZERO)).stream()
            .anyMatch(EngineEffect.Build.class::isInstance));
    assertTrue(
        engine.handle(new EngineEvent.RoundTimeout(HEIGHT, Round.ZERO)).stream()
            .noneMatch(EngineEffect.Build.class::isInstance),
        "it has been asked for already");
  }
}
