package io.metanode.simulation;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Identity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.ibft.PreparedCertificate;
import io.metanode.ledger.ibft.Signed;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All Byzantine validators in one hand. It overhears everything, signs as each of its own and as
 * nobody else, and sends what it likes to whom it likes: votes for both sides, round changes that
 * hide or invent locks, proposals with too little or too old a justification, certificates that
 * stop short, old messages again, noise. Sometimes it plays by the rules, for half the network.
 */
final class Adversary {

  private static final int REPLAYED = 400;

  private final World world;
  private final List<Integer> corrupt;
  private final List<Identity> identities;
  private final boolean quiet;
  private final Gen gen;
  private final Gossip gossip = new Gossip();
  private final int restraint;
  private long made;

  Adversary(World world, List<Integer> corrupt, boolean quiet, Gen gen) {
    this.world = world;
    this.corrupt = corrupt;
    this.quiet = quiet;
    this.gen = gen;
    restraint = gen.intBetween(1, 8);
    identities =
        corrupt.stream()
            .map(i -> Cast.instance().identity(world.validators().members().get(i).id()))
            .toList();
  }

  /** An honest validator broadcast a message. */
  void observe(Message message) {
    if (quiet || corrupt.isEmpty()) {
      return;
    }
    gossip.add(message);
    if (gen.oneIn(restraint)) {
      Round round = new Round(message.round().value() + gen.intBetween(0, 2));
      world.timeline().after(gen.between(0, 20), () -> act(gen.oneIn(2) ? message.round() : round));
    }
  }

  private void act(Round round) {
    Identity identity = gen.pick(identities);
    switch (gen.intBetween(0, 9)) {
      case 0, 1, 2 -> vote(identity, round);
      case 3, 4 -> changeRound(identity, round);
      case 5, 6, 7 -> propose(round);
      case 8 -> certify();
      default -> disturb();
    }
  }

  private void vote(Identity identity, Round round) {
    List<Proposal> blocks = gossip.blocks();
    if (blocks.isEmpty()) {
      return;
    }
    for (Proposal block : blocks) {
      if (gen.oneIn(3)) {
        continue;
      }
      Height height = gossip.height();
      if (gen.bool()) {
        spread(prepare(identity, height, round, block.digest()));
      }
      if (gen.bool()) {
        byte[] sealed = CommitCertificate.sealed(Cast.CHAIN, height, round, block.digest());
        byte[] seal = gen.oneIn(6) ? gen.bytes(16) : sealed;
        spread(
            new Message.CommitMessage(
                sign(
                    identity,
                    new Payload.CommitPayload(
                        height, round, block.digest(), identity.seal(seal)))));
      }
    }
  }

  private Message prepare(Identity identity, Height height, Round round, Digest digest) {
    return new Message.PrepareMessage(
        sign(identity, new Payload.PreparePayload(height, round, digest)));
  }

  private void changeRound(Identity identity, Round round) {
    Round next = round.equals(Round.ZERO) ? round.next() : round;
    Optional<PreparedCertificate> certificate =
        gossip.prepared().isEmpty() || gen.bool()
            ? Optional.empty()
            : gossip.certificate(gen.pick(gossip.prepared()));
    spread(roundChange(identity, next, certificate.map(this::padded)));
  }

  /** As it was overheard, with own votes added, or with one vote counted several times. */
  private PreparedCertificate padded(PreparedCertificate c) {
    List<Signed<Payload.PreparePayload>> votes = new ArrayList<>(c.prepares());
    Digest digest = c.proposal().digest();
    int mode = gen.intBetween(0, 3);
    if (mode == 1 && !votes.isEmpty()) {
      votes.add(gen.pick(votes));
      votes.add(gen.pick(votes));
    } else if (mode >= 2) {
      Round round = mode == 2 ? c.round() : c.round().next();
      identities.forEach(
          i -> votes.add(sign(i, new Payload.PreparePayload(gossip.height(), round, digest))));
    }
    return new PreparedCertificate(c.proposal(), c.round(), votes);
  }

  private Message.RoundChangeMessage roundChange(
      Identity identity, Round round, Optional<PreparedCertificate> certificate) {
    Optional<Payload.PreparedClaim> claim =
        certificate.map(c -> new Payload.PreparedClaim(c.round(), c.proposal().digest()));
    return new Message.RoundChangeMessage(
        sign(identity, new Payload.RoundChangePayload(gossip.height(), round, claim)), certificate);
  }

  /** Two proposals of one round, to different validators, if one of its own may lead it. */
  private void propose(Round round) {
    ValidatorId leader = world.validators().leader(gossip.height(), round);
    for (Identity identity : identities) {
      if (identity.id().equals(leader) || gen.oneIn(20)) {
        int copies = gen.intBetween(1, 2);
        for (int i = 0; i < copies; i++) {
          spread(proposal(identity, round));
        }
      }
    }
  }

  private Message proposal(Identity identity, Round round) {
    Height height = gossip.height();
    List<Signed<Payload.RoundChangePayload>> roundChanges = new ArrayList<>();
    if (!round.equals(Round.ZERO)) {
      gossip.roundChanges(round).forEach(variants -> roundChanges.add(gen.pick(variants)));
      identities.forEach(i -> roundChanges.add(roundChange(i, round, Optional.empty()).signed()));
      if (gen.oneIn(4)) {
        roundChanges.remove(gen.intBetween(0, roundChanges.size() - 1));
      }
      if (!roundChanges.isEmpty() && gen.oneIn(8)) {
        roundChanges.add(gen.pick(roundChanges));
      }
    }
    Optional<PreparedCertificate> prepared =
        roundChanges.isEmpty() || gossip.prepared().isEmpty() || gen.oneIn(3)
            ? Optional.empty()
            : gossip.certificate(gen.pick(gossip.prepared())).map(this::padded);
    Proposal block =
        prepared.map(PreparedCertificate::proposal).orElseGet(() -> block(identity, round));
    return new Message.ProposalMessage(
        sign(identity, new Payload.ProposalPayload(height, round, block.digest())),
        block,
        roundChanges,
        prepared.map(PreparedCertificate::prepares).orElse(List.of()));
  }

  private Proposal block(Identity identity, Round round) {
    List<Proposal> known = gossip.blocks();
    if (!known.isEmpty() && gen.oneIn(4)) {
      return gen.pick(known);
    }
    long number = - ++made;
    return gen.oneIn(8)
        ? Blocks.unfit(gossip.height(), round, identity.id(), number)
        : Blocks.fit(gossip.height(), round, identity.id(), number);
  }

  /** A commit certificate for one validator alone, of what seals there are and its own. */
  private void certify() {
    if (gossip.committed().isEmpty()) {
      return;
    }
    Gossip.Ballot ballot = gen.pick(gossip.committed());
    Optional<Proposal> block = gossip.block(ballot.digest());
    if (block.isEmpty()) {
      return;
    }
    byte[] sealed =
        CommitCertificate.sealed(Cast.CHAIN, gossip.height(), ballot.round(), ballot.digest());
    Map<ValidatorId, BlsSignature> seals = new TreeMap<>();
    gossip.commits(ballot).forEach((author, c) -> seals.put(author, c.payload().seal()));
    identities.forEach(i -> seals.put(i.id(), i.seal(sealed)));
    List<ValidatorId> named = new ArrayList<>(seals.keySet());
    if (gen.oneIn(3)) {
      named.add(gen.pick(world.validators().members()).id());
    }
    CommitCertificate certificate =
        new CommitCertificate(
            gossip.height(),
            ballot.round(),
            ballot.digest(),
            SignerBitmap.of(world.validators(), named),
            Cast.instance().aggregate(List.copyOf(seals.values())).orElseThrow());
    send(
        gen.intBetween(0, world.validators().size() - 1),
        new Packet.Block(block.get(), certificate));
  }

  private void disturb() {
    int to = gen.intBetween(0, world.validators().size() - 1);
    List<byte[]> sent = gossip.sent();
    byte[] old = sent.get(gen.intBetween(Math.max(0, sent.size() - REPLAYED), sent.size() - 1));
    switch (gen.intBetween(0, 2)) {
      case 0 -> send(to, new Packet.Vote(gen.bytes(gen.intBetween(0, 300))));
      case 1 -> {
        byte[] damaged = old.clone();
        damaged[gen.intBetween(0, damaged.length - 1)] ^= (byte) gen.intBetween(1, 255);
        send(to, new Packet.Vote(damaged));
      }
      default -> send(to, new Packet.Vote(old));
    }
  }

  private <P extends Payload> Signed<P> sign(Identity identity, P payload) {
    byte[] bytes = PayloadCodec.signingBytes(Cast.CHAIN, payload);
    return new Signed<>(payload, identity.id(), identity.sign(bytes));
  }

  /** To some, not all; and to itself, as material. */
  private void spread(Message message) {
    gossip.add(message);
    byte[] bytes = MessageCodec.encode(message);
    boolean everyone = gen.oneIn(3);
    for (int to = 0; to < world.validators().size(); to++) {
      if (everyone || gen.bool()) {
        send(to, new Packet.Vote(bytes));
      }
    }
  }

  private void send(int to, Packet packet) {
    world.send(corrupt.getFirst(), to, packet);
  }
}
