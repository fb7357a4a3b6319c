package io.metanode.simulation;

import io.metanode.crypto.BlsSignature;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Identity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
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
 * Each run has its own bent.
 */
final class Adversary {

  private static final int REPLAYED = 400;
  private static final int LATEST = 600;
  private static final int RUSH = 10;

  private final World world;
  private final List<Integer> corrupt;
  private final List<Identity> identities;
  private final Gen gen;
  private final Gossip gossip = new Gossip();
  private final Forgery forgery;
  private final int restraint;
  private final int bent;

  Adversary(World world, List<Integer> corrupt, boolean quiet, Gen gen) {
    this.world = world;
    this.corrupt = quiet ? List.of() : corrupt;
    this.gen = gen;
    restraint = gen.intBetween(1, 8);
    bent = gen.intBetween(0, RUSH);
    identities =
        corrupt.stream()
            .map(i -> Cast.instance().identity(world.validators().members().get(i).id()))
            .toList();
    forgery = new Forgery(identities, gossip, gen);
  }

  /** An honest validator broadcast a message. */
  void observe(Message message) {
    if (corrupt.isEmpty()) {
      return;
    }
    gossip.add(message);
    if (gen.oneIn(restraint)) {
      Round round = new Round(message.round().value() + (gen.bool() ? 0 : gen.intBetween(0, 2)));
      world.timeline().after(gen.between(0, 20), () -> act(round));
    }
  }

  /** An honest validator decided a height. */
  void decided(Height height) {
    if (!corrupt.isEmpty() && gossip.reach(height.next()) && !gen.oneIn(4)) {
      int times = gen.intBetween(1, 3);
      for (int i = 0; i < times; i++) {
        long delay = i == 0 ? gen.between(0, 40) : gen.between(0, LATEST);
        world.timeline().after(delay, () -> lead(height.next()));
      }
    }
  }

  private void lead(Height height) {
    if (height.equals(gossip.height())) {
      propose(Round.ZERO);
    }
  }

  private void act(Round round) {
    Identity identity = gen.pick(identities);
    int kind = gen.bool() ? bent : gen.intBetween(0, 9);
    world.coverage().count(fault(kind));
    switch (kind) {
      case 0, 1 -> vote(identity, round);
      case 2, 3, 4 -> spread(forgery.roundChange(identity, round));
      case 5, 6, 7 -> propose(round);
      case 8 -> certify();
      case RUSH -> spread(forgery.plainRoundChange(identity, round.next()));
      default -> disturb();
    }
  }

  private static Coverage.Fault fault(int kind) {
    return switch (kind) {
      case 0, 1, 5, 6, 7 -> Coverage.Fault.EQUIVOCATED;
      case 2, 3, 4, RUSH -> Coverage.Fault.ROUND_CHANGE_LIED;
      case 8 -> Coverage.Fault.CERTIFICATE_FORGED;
      default -> Coverage.Fault.NOISE;
    };
  }

  private void vote(Identity identity, Round round) {
    for (Proposal block : gossip.blocks()) {
      if (gen.oneIn(3)) {
        continue;
      }
      if (gen.bool()) {
        spread(forgery.prepare(identity, round, block.digest()));
      }
      if (gen.bool()) {
        spread(forgery.commit(identity, round, block.digest()));
      }
    }
  }

  /** One or two proposals of one round, if one of its own may lead it. */
  private void propose(Round round) {
    ValidatorId leader = world.validators().leader(gossip.height(), round);
    for (Identity identity : identities) {
      if (identity.id().equals(leader) || gen.oneIn(20)) {
        int copies = gen.intBetween(1, 2);
        for (int i = 0; i < copies; i++) {
          Message.ProposalMessage proposal = forgery.proposal(identity, round);
          spread(proposal);
          support(proposal.proposal(), round);
        }
      }
    }
  }

  private void support(Proposal block, Round round) {
    if (gen.bool()) {
      return;
    }
    for (Identity identity : identities) {
      spread(forgery.prepare(identity, round, block.digest()));
      spread(forgery.commit(identity, round, block.digest()));
    }
  }

  /** A commit certificate for one validator alone, of what seals there are and its own. */
  private void certify() {
    if (gossip.committed().isEmpty()) {
      return;
    }
    Gossip.Ballot ballot = gen.pick(gossip.committed());
    Optional<Proposal> block =
        gen.oneIn(3) ? Optional.of(gen.pick(gossip.blocks())) : gossip.block(ballot.digest());
    if (block.isEmpty()) {
      return;
    }
    Map<ValidatorId, BlsSignature> seals = new TreeMap<>();
    gossip.commits(ballot).forEach((author, c) -> seals.put(author, c.payload().seal()));
    byte[] sealed = forgery.sealed(ballot.round(), ballot.digest());
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
    send(anyone(), new Packet.Block(block.get(), certificate));
  }

  private int anyone() {
    return gen.intBetween(0, world.validators().size() - 1);
  }

  private void disturb() {
    List<byte[]> sent = gossip.sent();
    byte[] old = sent.get(gen.intBetween(Math.max(0, sent.size() - REPLAYED), sent.size() - 1));
    switch (gen.intBetween(0, 2)) {
      case 0 -> send(anyone(), new Packet.Vote(gen.bytes(gen.intBetween(0, 300))));
      case 1 -> {
        byte[] damaged = old.clone();
        damaged[gen.intBetween(0, damaged.length - 1)] ^= (byte) gen.intBetween(1, 255);
        send(anyone(), new Packet.Vote(damaged));
      }
      default -> send(anyone(), new Packet.Vote(old));
    }
  }

  /** To some, or to all; and to itself, as material. */
  private void spread(Message message) {
    gossip.add(message);
    byte[] bytes = MessageCodec.encode(message);
    boolean everyone = gen.bool();
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
