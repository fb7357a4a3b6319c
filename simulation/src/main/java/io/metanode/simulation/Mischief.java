package io.metanode.simulation;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.CompactBlock;
import io.metanode.ledger.block.PriorState;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.Identity;
import io.metanode.ledger.ibft.Message;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.ibft.Payload;
import io.metanode.ledger.ibft.PayloadCodec;
import io.metanode.ledger.ibft.Signed;
import io.metanode.ledger.replica.PeerMessage;
import io.metanode.ledger.replica.PeerMessageCodec;
import io.metanode.ledger.replica.Replica;
import io.metanode.ledger.state.AssetMachine;
import io.metanode.ledger.state.Genesis;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a Byzantine machine distorts what a replica wants to send. Two machines may share one
 * identity and split their audience ("twins": Bano et al., "Twins: BFT systems made robust", 2021),
 * so that whatever an honest replica says once, they say twice and differently.
 */
final class Mischief {

  /** What a machine is given to. */
  enum Habit {
    /** Says nothing. */
    SILENT,
    /** Speaks to some only, and to others later. */
    PARTIAL,
    /** Neither gossips transactions nor gives them to who asks. */
    WITHHOLDS,
    /** Hides what it is locked on. */
    HIDES_LOCKS,
    /** Proposes blocks that must not be. */
    BAD_BLOCKS,
    /** Makes up blocks with certificates, evidence, heights and noise. */
    FORGES,
    /** Says things again, much later. */
    REPLAYS
  }

  private static final int MEMORY = 200;

  private final Genesis genesis;
  private final Identity identity;
  private final Gen gen;
  private final Set<Habit> habits;
  private final int peers;
  private final boolean twin;
  private final Coverage coverage;
  private final List<Bytes> said = new ArrayList<>();
  private Set<Integer> shunned = Set.of();

  /**
   * @param twin whether another machine speaks under the same identity
   */
  Mischief(
      Genesis genesis,
      Identity identity,
      Set<Habit> habits,
      int peers,
      boolean twin,
      Coverage coverage,
      Gen gen) {
    this.genesis = genesis;
    this.identity = identity;
    this.habits = habits;
    this.peers = peers;
    this.twin = twin;
    this.coverage = coverage;
    this.gen = gen;
    shun();
  }

  /** Some habits; being silent goes with no other. */
  static Set<Habit> draw(Gen gen) {
    if (gen.oneIn(6)) {
      return EnumSet.of(Habit.SILENT);
    }
    Set<Habit> habits = EnumSet.noneOf(Habit.class);
    for (Habit habit : Habit.values()) {
      if (habit != Habit.SILENT && gen.oneIn(3)) {
        habits.add(habit);
      }
    }
    return habits;
  }

  private void shun() {
    if (habits.contains(Habit.PARTIAL)) {
      Set<Integer> drawn = new TreeSet<>();
      for (int i = 0; i < peers; i++) {
        if (gen.bool()) {
          drawn.add(i);
        }
      }
      shunned = drawn;
    }
  }

  /** What goes out instead of a message. */
  List<Bytes> distort(PeerMessage message, int to, Replica replica) {
    if (gen.oneIn(300)) {
      shun();
    }
    List<Bytes> out = new ArrayList<>();
    if (habits.contains(Habit.SILENT)) {
      coverage.count(Coverage.Fault.SILENT);
    } else if (shunned.contains(to)) {
      coverage.count(Coverage.Fault.PARTIAL);
    } else if (withheld(message)) {
      coverage.count(Coverage.Fault.BODY_WITHHELD);
    } else {
      out.add(PeerMessageCodec.encode(crooked(message, replica)));
      if (twin && message instanceof PeerMessage.Consensus) {
        coverage.count(Coverage.Fault.EQUIVOCATED);
      }
    }
    if (habits.contains(Habit.FORGES) && gen.oneIn(8)) {
      forgery(replica).map(PeerMessageCodec::encode).ifPresent(out::add);
    }
    if (habits.contains(Habit.REPLAYS)) {
      if (!out.isEmpty() && said.size() < MEMORY) {
        said.add(out.getFirst());
      }
      if (!said.isEmpty() && gen.oneIn(6)) {
        out.add(gen.pick(said));
        coverage.count(Coverage.Fault.REPLAYED);
      }
    }
    return out;
  }

  private boolean withheld(PeerMessage message) {
    return habits.contains(Habit.WITHHOLDS)
        && message instanceof PeerMessage.Transactions
        && !gen.oneIn(5);
  }

  private PeerMessage crooked(PeerMessage message, Replica replica) {
    if (!(message instanceof PeerMessage.Consensus(Bytes bytes))) {
      return message;
    }
    Message decoded = MessageCodec.decode(bytes.toArray()).orElseThrow();
    Message changed =
        switch (decoded) {
          case Message.RoundChangeMessage m when habits.contains(Habit.HIDES_LOCKS) ->
              withoutLock(m);
          case Message.ProposalMessage m when habits.contains(Habit.BAD_BLOCKS) && gen.bool() ->
              bad(m, replica);
          default -> decoded;
        };
    return new PeerMessage.Consensus(Bytes.of(MessageCodec.encode(changed)));
  }

  private Message withoutLock(Message.RoundChangeMessage m) {
    if (m.certificate().isPresent()) {
      coverage.count(Coverage.Fault.ROUND_CHANGE_LIED);
    }
    return new Message.RoundChangeMessage(
        sign(new Payload.RoundChangePayload(m.height(), m.round(), Optional.empty())),
        Optional.empty());
  }

  private <P extends Payload> Signed<P> sign(P payload) {
    byte[] bytes = PayloadCodec.signingBytes(genesis.id(), payload);
    return new Signed<>(payload, identity.id(), identity.sign(bytes));
  }

  private Message bad(Message.ProposalMessage m, Replica replica) {
    coverage.count(Coverage.Fault.BAD_BLOCK);
    try {
      CompactBlock block = CompactBlock.decode(Bytes.of(m.proposal().payload()));
      BlockHeader header = spoilt(block.header(), replica);
      CompactBlock changed = new CompactBlock(header, block.body(), block.ids());
      Proposal proposal =
          gen.oneIn(4)
              ? new Proposal(m.height(), m.proposal().digest(), changed.encode().toArray())
              : changed.proposal();
      return new Message.ProposalMessage(
          sign(new Payload.ProposalPayload(m.height(), m.round(), proposal.digest())),
          proposal,
          m.roundChanges(),
          m.prepares());
    } catch (DecodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each a header that no honest validator may vote for. */
  private BlockHeader spoilt(BlockHeader h, Replica replica) {
    PriorState prior = h.prior();
    Bytes32 wrong = Bytes32.of(gen.bytes(Bytes32.LENGTH));
    PriorState money =
        new PriorState(wrong, prior.resultsRoot(), prior.validators(), prior.nextValidators());
    PriorState power =
        new PriorState(prior.stateRoot(), prior.resultsRoot(), prior.validators(), wrong);
    long past = replica.chain().ledger().head().timeMillis();
    return switch (gen.intBetween(0, 3)) {
      case 0 -> with(h, h.timeMillis(), h.proposer(), money);
      case 1 -> with(h, h.timeMillis(), h.proposer(), power);
      case 2 -> with(h, gen.bool() ? past : past + 1_000_000, h.proposer(), prior);
      default -> with(h, h.timeMillis(), wrong, prior);
    };
  }

  private static BlockHeader with(BlockHeader h, long time, Bytes32 proposer, PriorState prior) {
    return new BlockHeader(
        h.chain(),
        h.height(),
        h.round(),
        h.parent(),
        time,
        proposer,
        h.contents(),
        prior,
        h.ticks());
  }

  private Optional<PeerMessage> forgery(Replica replica) {
    long height = replica.chain().height();
    int kind = gen.intBetween(0, 5);
    coverage.count(kind < 4 ? Coverage.Fault.NOISE : Coverage.Fault.CERTIFICATE_FORGED);
    return switch (kind) {
      case 0 ->
          Optional.of(
              new PeerMessage.Status(height + gen.between(0, 1L << gen.intBetween(1, 60)), 0));
      case 1 -> Optional.of(new PeerMessage.Consensus(Bytes.of(gen.bytes(gen.intBetween(0, 200)))));
      case 2 -> Optional.of(new PeerMessage.Evidence(Bytes.of(gen.bytes(gen.intBetween(0, 400)))));
      case 3 -> Optional.of(new PeerMessage.WantBlocks(gen.between(0, height + 2), 1_000_000));
      default -> block(replica);
    };
  }

  /** A block of its own making, at a height that others may want, with too few true seals. */
  private Optional<PeerMessage> block(Replica replica) {
    try {
      long height =
          gen.between(Math.max(1, replica.chain().height() - 3), replica.chain().height() + 1);
      Optional<SealedBlock> found = replica.chain().block(height);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Block real = found.get().block();
      BlockHeader header =
          gen.oneIn(4)
              ? real.header()
              : with(
                  real.header(),
                  real.header().timeMillis() + 1,
                  real.header().proposer(),
                  real.header().prior());
      Block block = new Block(header, real.body(), real.transactions());
      ValidatorSet set =
          AssetMachine.plan(replica.chain().ledger().state())
              .at(replica.chain().height() + 1)
              .set();
      return Optional.of(
          new PeerMessage.Blocks(List.of(new SealedBlock(block, seal(block, set).encode()))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private BlockSeal seal(Block block, ValidatorSet set) {
    byte[] sealed =
        CommitCertificate.sealed(
            genesis.id(), new Height(block.header().height()), Round.ZERO, block.id().digest());
    int named = gen.intBetween(1, set.size());
    return new BlockSeal(
        Round.ZERO,
        SignerBitmap.of(set, set.members().subList(0, named).stream().map(Validator::id).toList()),
        Cast.instance()
            .aggregate(Collections.nCopies(gen.intBetween(1, named), identity.seal(sealed)))
            .orElseThrow());
  }
}
