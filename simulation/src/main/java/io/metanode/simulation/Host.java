package io.metanode.simulation;

import io.metanode.ledger.consensus.ConsensusEngine;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.ibft.VoteFrames;
import io.metanode.testkit.Gen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One honest validator's machine: carries out the engine's effects in order, on a disk that
 * survives crashes. A crash falls between two effects or into a write, which then is torn.
 */
final class Host {

  private static final int BLOCKS_PER_FETCH = 8;
  private static final int PERCENT = 100;

  private final World world;
  private final int index;
  private final ValidatorId id;
  private final Gen gen;
  private final int timerPercent;
  private final List<Packet.Block> chain = new ArrayList<>();
  private byte[] journal = new byte[0];
  private ConsensusEngine engine;
  private boolean up = true;
  private boolean doomed;
  private int life;
  private long blockTimer;
  private long roundTimer;
  private long built;

  Host(World world, int index, ValidatorId id, Gen gen, int skewPercent) {
    this.world = world;
    this.index = index;
    this.id = id;
    this.gen = gen;
    timerPercent = PERCENT + gen.intBetween(-skewPercent, skewPercent);
    if (timerPercent != PERCENT) {
      world.coverage().count(Coverage.Fault.SKEWED);
    }
    engine = world.engine(id, new Height(1), VoteFrames.last(journal));
  }

  ValidatorId id() {
    return id;
  }

  long decided() {
    return chain.size();
  }

  boolean isUp() {
    return up;
  }

  void start() {
    carryOut(engine.start());
  }

  /** Lets the machine crash, at once or while it carries out the next effects. */
  void doom() {
    if (gen.bool()) {
      doomed = true;
    } else if (up) {
      down();
    }
  }

  void receive(int from, Packet packet) {
    if (!up) {
      return;
    }
    switch (packet) {
      case Packet.Vote p -> handle(new EngineEvent.Received(p.message()));
      case Packet.Fetch p -> serve(from, p.from());
      case Packet.Block p -> handle(new EngineEvent.BlockArrived(p.proposal(), p.certificate()));
    }
  }

  private void serve(int to, Height first) {
    long from = Math.max(1, first.value());
    for (long h = from; h < from + BLOCKS_PER_FETCH && h <= chain.size(); h++) {
      world.send(index, to, chain.get((int) h - 1));
    }
  }

  private void handle(EngineEvent event) {
    if (up) {
      carryOut(engine.handle(event));
    }
  }

  private void carryOut(List<EngineEffect> effects) {
    int crashAt = doomed && !effects.isEmpty() ? gen.intBetween(0, effects.size() - 1) : -1;
    for (int i = 0; i < effects.size(); i++) {
      if (i == crashAt) {
        crash(effects.get(i));
        return;
      }
      carryOut(effects.get(i));
    }
  }

  private void carryOut(EngineEffect effect) {
    switch (effect) {
      case EngineEffect.Persist e -> journal = VoteFrames.frame(e.record());
      case EngineEffect.Broadcast e -> world.broadcast(index, e.height(), e.message());
      case EngineEffect.Decide e -> decide(e);
      case EngineEffect.Build e -> build(e.height(), e.round());
      case EngineEffect.StartBlockTimer e -> {
        long timer = ++blockTimer;
        later(skewed(e.delayMillis()), () -> timeout(timer, e));
      }
      case EngineEffect.StartRoundTimer e -> {
        long timer = ++roundTimer;
        later(skewed(e.delayMillis()), () -> timeout(timer, e));
      }
      case EngineEffect.Fetch e ->
          world.send(index, world.index(e.from()), new Packet.Fetch(e.height()));
      case EngineEffect.Offer e -> serve(world.index(e.to()), e.height());
      case EngineEffect.Report e -> world.auditor().reported(id, e.evidence());
    }
  }

  private void timeout(long timer, EngineEffect.StartBlockTimer e) {
    if (timer == blockTimer) {
      handle(new EngineEvent.BlockTimeout(e.height()));
    }
  }

  private void timeout(long timer, EngineEffect.StartRoundTimer e) {
    if (timer == roundTimer) {
      handle(new EngineEvent.RoundTimeout(e.height(), e.round()));
    }
  }

  private void decide(EngineEffect.Decide decision) {
    chain.add(new Packet.Block(decision.proposal(), decision.certificate()));
    world.decided(id, chain.size(), chain.getLast());
  }

  private void build(Height height, Round round) {
    Proposal proposal = Blocks.fit(height, round, id, ++built);
    later(gen.between(0, 5), () -> handle(new EngineEvent.Built(round, proposal)));
  }

  /** After a while, unless the machine crashed in between. */
  private void later(long delayMillis, Runnable action) {
    int current = life;
    world
        .timeline()
        .after(
            delayMillis,
            () -> {
              if (up && life == current) {
                action.run();
              }
            });
  }

  private long skewed(long delayMillis) {
    return delayMillis * timerPercent / PERCENT;
  }

  private void crash(EngineEffect unfinished) {
    if (unfinished instanceof EngineEffect.Persist persist) {
      byte[] frame = VoteFrames.frame(persist.record());
      byte[] torn = Arrays.copyOf(frame, gen.intBetween(0, frame.length));
      byte[] whole = journal;
      journal = Arrays.copyOf(whole, whole.length + torn.length);
      System.arraycopy(torn, 0, journal, whole.length, torn.length);
      world.coverage().count(Coverage.Fault.TORN);
    }
    down();
  }

  private void down() {
    up = false;
    doomed = false;
    life++;
    world.coverage().count(Coverage.Fault.CRASHED);
    world.note(index, "crash");
    world.timeline().after(gen.between(1, gen.bool() ? 60 : 1_500), this::restart);
  }

  private void restart() {
    up = true;
    byte[] whole = Arrays.copyOf(journal, VoteFrames.wholeLength(journal));
    journal = whole;
    engine = world.engine(id, new Height(chain.size() + 1L), VoteFrames.last(whole));
    world.note(index, "restart");
    start();
  }
}
