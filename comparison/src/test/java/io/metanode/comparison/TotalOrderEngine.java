package io.metanode.comparison;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.ConsensusEngine;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.ibft.QbftEngine;
import io.metanode.ledger.ibft.Signed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides by an order of messages that somebody else agreed on: of a height's proposals the first
 * valid one in the order is the block. That is total order broadcast turned into a chain (Schneider
 * 1990, "Implementing fault-tolerant services using the state machine approach"): agreement is the
 * broadcast's, and no vote is counted to reach it. Validators then seal the block they all know, so
 * that it has the certificate which the port asks for; seals travel by the same broadcast.
 *
 * <p>The leader of a height proposes when the block timer expires, anybody when the round timer
 * does. Where QBFT changes rounds this engine waits: a proposer that withholds the transactions of
 * a block that came first holds its height up. It keeps no votes, since what it seals follows from
 * the order alone.
 */
public final class TotalOrderEngine implements ConsensusEngine {

  private final QbftEngine.Setup setup;
  private final TotalOrder order;
  private Height height;
  private Round attempt = Round.ZERO;
  private boolean building;
  private Optional<Message> proposed = Optional.empty();
  private Optional<Message> sealed = Optional.empty();
  private final Map<TotalOrder.Place, Proposal> proposals = new HashMap<>();
  private final Map<Digest, TreeMap<ValidatorId, BlsSignature>> seals = new HashMap<>();

  TotalOrderEngine(QbftEngine.Setup setup, TotalOrder order, Height height) {
    this.setup = setup;
    this.order = order;
    this.height = height;
  }

  @Override
  public Height height() {
    return height;
  }

  @Override
  public List<EngineEffect> start() {
    return List.of(
        new EngineEffect.StartBlockTimer(height, setup.timeouts().blockMillis()), roundTimer());
  }

  private EngineEffect roundTimer() {
    return new EngineEffect.StartRoundTimer(
        height, attempt, setup.timeouts().blockMillis() + setup.timeouts().roundMillis());
  }

  private ValidatorSet validators() {
    return setup.schedule().at(height);
  }

  @Override
  public List<EngineEffect> handle(EngineEvent event) {
    List<EngineEffect> effects = new ArrayList<>();
    switch (event) {
      case EngineEvent.BlockTimeout e -> {
        if (e.height().equals(height)
            && validators().leader(height, Round.ZERO).equals(setup.identity().id())) {
          build(effects);
        }
      }
      case EngineEvent.RoundTimeout e -> {
        if (e.height().equals(height)) {
          again(effects);
        }
      }
      case EngineEvent.Built e -> {
        if (e.proposal().height().equals(height)) {
          propose(e.proposal(), effects);
        }
      }
      case EngineEvent.Received e ->
          MessageCodec.decode(e.message()).filter(this::isCurrent).ifPresent(this::take);
      case EngineEvent.BlockArrived e -> {
        if (isDecided(e.proposal(), e.certificate())) {
          decide(e.proposal(), e.certificate(), effects);
        }
      }
    }
    settle(effects);
    return effects;
  }

  private void build(List<EngineEffect> effects) {
    if (!building && validators().contains(setup.identity().id())) {
      building = true;
      effects.add(new EngineEffect.Build(height, Round.ZERO));
    }
  }

  /** Nothing was decided in time: says again what may have been lost, and proposes too. */
  private void again(List<EngineEffect> effects) {
    attempt = attempt.next();
    effects.add(roundTimer());
    proposed.ifPresent(message -> effects.add(broadcast(message)));
    sealed.ifPresent(message -> effects.add(broadcast(message)));
    build(effects);
  }

  private void propose(Proposal proposal, List<EngineEffect> effects) {
    Message message =
        new Message.ProposalMessage(
            sign(new Payload.ProposalPayload(height, Round.ZERO, proposal.digest())),
            proposal,
            List.of(),
            List.of());
    proposed = Optional.of(message);
    effects.add(broadcast(message));
  }

  private EngineEffect broadcast(Message message) {
    return new EngineEffect.Broadcast(message.height(), MessageCodec.encode(message));
  }

  private <P extends Payload> Signed<P> sign(P payload) {
    return new Signed<>(
        payload,
        setup.identity().id(),
        setup.identity().sign(PayloadCodec.signingBytes(setup.chain(), payload)));
  }

  private boolean isCurrent(Message message) {
    return message.height().equals(height)
        && message.round().equals(Round.ZERO)
        && validators().contains(message.author());
  }

  private void take(Message message) {
    switch (message) {
      case Message.ProposalMessage m -> proposals.put(TotalOrder.Place.of(m), m.proposal());
      case Message.CommitMessage m -> {
        Payload.CommitPayload payload = m.signed().payload();
        boolean holds =
            validators()
                .member(m.author())
                .map(
                    author ->
                        setup
                            .authenticity()
                            .sealed(author, sealedBytes(payload.digest()), payload.seal()))
                .orElse(false);
        if (holds) {
          seals
              .computeIfAbsent(payload.digest(), _ -> new TreeMap<>())
              .put(m.author(), payload.seal());
        }
      }
      case Message.PrepareMessage _, Message.RoundChangeMessage _ -> {}
    }
  }

  private byte[] sealedBytes(Digest digest) {
    return CommitCertificate.sealed(setup.chain(), height, Round.ZERO, digest);
  }

  /** Seals the first valid proposal once it is known; decides what a quorum sealed. */
  private void settle(List<EngineEffect> effects) {
    if (sealed.isEmpty() && validators().contains(setup.identity().id())) {
      first()
          .ifPresent(
              proposal -> {
                Digest digest = proposal.digest();
                BlsSignature seal = setup.identity().seal(sealedBytes(digest));
                Message message =
                    new Message.CommitMessage(
                        sign(new Payload.CommitPayload(height, Round.ZERO, digest, seal)));
                sealed = Optional.of(message);
                effects.add(broadcast(message));
              });
    }
    proposals.values().stream()
        .filter(p -> seals.getOrDefault(p.digest(), new TreeMap<>()).size() >= quorum())
        .findFirst()
        .ifPresent(p -> decide(p, certificate(p.digest()), effects));
  }

  private int quorum() {
    return validators().quorum();
  }

  /** The first valid proposal; empty while one that came before it, or all, are not here yet. */
  private Optional<Proposal> first() {
    for (TotalOrder.Place place : order.at(height)) {
      Proposal proposal = proposals.get(place);
      if (proposal == null) {
        return Optional.empty();
      }
      if (setup.proposals().binds(proposal)
          && setup.proposals().isValid(proposal, Round.ZERO, place.author())) {
        return Optional.of(proposal);
      }
    }
    return Optional.empty();
  }

  private CommitCertificate certificate(Digest digest) {
    TreeMap<ValidatorId, BlsSignature> signed = seals.getOrDefault(digest, new TreeMap<>());
    return new CommitCertificate(
        height,
        Round.ZERO,
        digest,
        SignerBitmap.of(validators(), signed.keySet()),
        setup.authenticity().aggregate(List.copyOf(signed.values())).orElseThrow());
  }

  private boolean isDecided(Proposal proposal, CommitCertificate certificate) {
    return proposal.height().equals(height)
        && certificate.height().equals(height)
        && certificate.digest().equals(proposal.digest())
        && setup.proposals().binds(proposal)
        && certificate
            .quorum(validators())
            .map(
                signers ->
                    setup
                        .authenticity()
                        .allSealed(
                            signers,
                            CommitCertificate.sealed(
                                setup.chain(), height, certificate.round(), certificate.digest()),
                            certificate.aggregate()))
            .orElse(false);
  }

  private void decide(
      Proposal proposal, CommitCertificate certificate, List<EngineEffect> effects) {
    effects.add(new EngineEffect.Decide(proposal, certificate));
    order.forget(height);
    height = height.next();
    attempt = Round.ZERO;
    building = false;
    proposed = Optional.empty();
    sealed = Optional.empty();
    proposals.clear();
    seals.clear();
    effects.addAll(start());
  }
}
