package io.metanode.simulation;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Clock;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.Identity;
import io.metanode.ledger.replica.PeerMessage;
import io.metanode.ledger.replica.PeerMessageCodec;
import io.metanode.ledger.replica.Replica;
import io.metanode.ledger.replica.ReplicaEffect;
import io.metanode.ledger.replica.ReplicaEvent;
import io.metanode.ledger.replica.ReplicaSetup;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import io.metanode.ledger.transaction.Verifier;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One machine with the replica that runs on it, unmodified. Power can fail between two events or in
 * the middle of a disk operation, which then is torn; the disks survive, unless they are lost too.
 */
final class Machine implements Clock {

  private static final int PERCENT = 100;
  private static final int VERDICTS = 10_000;

  private final ReplicaWorld world;
  private final int index;
  private final Identity identity;
  private final Gen gen;
  private final int timerPercent;
  private final long skewMillis;
  private final Doom doom = new Doom();
  private final Optional<Mischief> mischief;
  private final Verifier verifier = new Verifier(Money::holds, VERDICTS, Runnable::run);
  private SimulatedDisk blocks;
  private SimulatedDisk votes;
  private SimulatedIndex state;
  private @Nullable Replica replica;
  private int life;

  /**
   * @param mischief how a Byzantine machine distorts what it sends; empty if it is honest
   */
  Machine(
      ReplicaWorld world,
      int index,
      ValidatorId id,
      Gen gen,
      int skewPercent,
      Optional<Mischief> mischief) {
    this.world = world;
    this.index = index;
    this.gen = gen;
    this.mischief = mischief;
    identity = Cast.instance().identity(id);
    timerPercent = PERCENT + gen.intBetween(-skewPercent, skewPercent);
    if (timerPercent != PERCENT) {
      world.coverage().count(Coverage.Fault.SKEWED);
    }
    skewMillis = gen.between(-2_000, 2_000);
    blocks = new SimulatedDisk(doom, gen);
    votes = new SimulatedDisk(doom, gen);
    state = new SimulatedIndex(doom, gen);
    try {
      Replica.birth(votes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int index() {
    return index;
  }

  boolean isHonest() {
    return mischief.isEmpty();
  }

  ValidatorId id() {
    return identity.id();
  }

  boolean isUp() {
    return replica != null;
  }

  Optional<Replica> replica() {
    return Optional.ofNullable(replica);
  }

  long height() {
    return replica == null ? -1 : replica.chain().height();
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(Money.TIME + world.nowMillis() + skewMillis + 2_000);
  }

  @Override
  public long monotonicNanos() {
    return world.nowMillis() * 1_000_000;
  }

  void start() {
    guarded(
        () -> {
          Replica opened =
              Replica.open(
                  new ReplicaSetup(
                      world.genesis(),
                      world.machine(),
                      identity,
                      Cast.instance(),
                      blocks,
                      votes,
                      state,
                      this,
                      world.options()),
                  world.engines());
          replica = opened;
          if (isHonest()) {
            world.auditor().started(index, opened.chain());
          }
          carryOut(opened.start());
        });
    world.linked(this);
  }

  /** A link to a peer is up. */
  void linked(ValidatorId peer) {
    handle(new ReplicaEvent.Connected(peer));
  }

  /** Forgets blocks below a height, as an operator has chosen. */
  void prune(long keepFrom) {
    Replica running = replica;
    if (running != null) {
      guarded(
          () -> {
            if (running.chain().prune(keepFrom)) {
              world.coverage().count(Coverage.Fault.PRUNED);
            }
          });
    }
  }

  /** Lets power fail, at once or while something is written to disk. */
  void crash() {
    if (gen.bool()) {
      doom.after(gen.intBetween(0, 12));
    } else if (isUp()) {
      down();
    }
  }

  /** Power fails and the disks are lost. */
  void wipe() {
    if (isUp()) {
      down();
    }
    blocks = new SimulatedDisk(doom, gen);
    votes = new SimulatedDisk(doom, gen);
    state = new SimulatedIndex(doom, gen);
    world.coverage().count(Coverage.Fault.WIPED);
    world.auditor().wiped(index);
  }

  private void down() {
    replica = null;
    life++;
    doom.clear();
    boolean tornBlocks = blocks.crash();
    boolean tornVotes = votes.crash();
    state.crash();
    world.coverage().count(Coverage.Fault.CRASHED);
    if (tornBlocks || tornVotes) {
      world.coverage().count(Coverage.Fault.TORN);
    }
    world.note(index, "crash");
    world.after(gen.between(1, gen.bool() ? 60 : 1_500), this::start);
  }

  void receive(ValidatorId from, Bytes message) {
    try {
      handle(new ReplicaEvent.Received(from, PeerMessageCodec.decode(message)));
    } catch (DecodingException e) {
      world.note(index, "undecodable");
    }
  }

  void handle(ReplicaEvent event) {
    Replica running = replica;
    if (running != null) {
      guarded(() -> carryOut(handled(running, event)));
    }
  }

  private List<ReplicaEffect> handled(Replica running, ReplicaEvent event) throws IOException {
    long before = running.chain().height();
    List<ReplicaEffect> effects = running.handle(event);
    long decided = effects.stream().filter(ReplicaEffect.Decided.class::isInstance).count();
    if (running.chain().height() > before + decided) {
      world.coverage().count(Coverage.Fault.SNAPSHOT_TAKEN);
    }
    return effects;
  }

  /** What may end in a crash. */
  private interface Action {
    void run() throws IOException;
  }

  private void guarded(Action action) {
    try {
      action.run();
    } catch (SimulatedCrash e) {
      down();
    } catch (IOException | RuntimeException e) {
      world.auditor().failed(index, e);
      replica = null;
    }
  }

  private void carryOut(List<ReplicaEffect> effects) {
    effects.forEach(this::carryOut);
  }

  private void carryOut(ReplicaEffect effect) {
    switch (effect) {
      case ReplicaEffect.Send e -> send(world.index(e.to()), e.message());
      case ReplicaEffect.Broadcast e -> {
        if (isHonest()) {
          world.auditor().sent(identity.id(), e.message());
        }
        for (int to = 0; to < world.size(); to++) {
          send(to, e.message());
        }
      }
      case ReplicaEffect.StartTimer e ->
          later(e.delayMillis() * timerPercent / PERCENT, new ReplicaEvent.Expired(e.timer()));
      case ReplicaEffect.Verify e -> later(gen.between(0, 5), verified(e.transactions()));
      case ReplicaEffect.Answer e -> world.clients().answered(e.request(), e.admissions());
      case ReplicaEffect.Decided e -> {
        if (isHonest() && replica != null) {
          world.decided(index, e.block(), replica.chain());
        }
      }
      case ReplicaEffect.Misbehaved e -> {
        if (isHonest()) {
          world.auditor().accused(index, e.peer(), e.reason());
        }
      }
    }
  }

  private void send(int to, PeerMessage message) {
    if (to == index) {
      return;
    }
    if (mischief.isPresent() && replica != null) {
      mischief
          .get()
          .distort(message, to, replica)
          .forEach(distorted -> world.send(index, to, distorted));
    } else {
      world.send(index, to, PeerMessageCodec.encode(message));
    }
  }

  private ReplicaEvent verified(List<Transaction> transactions) {
    List<VerifiedTransaction> good = new ArrayList<>();
    List<TransactionId> bad = new ArrayList<>();
    for (Transaction transaction : transactions) {
      verifier.verify(transaction).ifPresentOrElse(good::add, () -> bad.add(transaction.id()));
    }
    return new ReplicaEvent.Verified(good, bad);
  }

  /** After a while, unless the machine crashed in between. */
  private void later(long delayMillis, ReplicaEvent event) {
    int current = life;
    world.after(
        delayMillis,
        () -> {
          if (life == current) {
            handle(event);
          }
        });
  }
}
