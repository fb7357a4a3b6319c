package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Digest;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.consensus.ConsensusEngine;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiFunction;

/** Drives the engine: hands it events until none is left, and carries out its effects in order. */
final class Voter {

  /** What the rest of the replica does for an engine. */
  interface Duties {

    /** Appends and applies a block; it is durable and applied when this returns. */
    void decide(SealedBlock block) throws IOException;

    Block build(EngineEffect.Build order);

    boolean isIdle();

    void handle(EngineEffect.Fetch effect);

    void handle(EngineEffect.Offer effect) throws IOException;

    void handle(EngineEffect.Report effect);
  }

  private final BiFunction<Height, Optional<byte[]>, ConsensusEngine> engines;
  private final VoteMemory memory;
  private final ProposalGate gate;
  private final Pacemaker pace;
  private final Duties duties;
  private final Queue<EngineEvent> queue = new ArrayDeque<>();
  private ConsensusEngine engine;

  Voter(
      BiFunction<Height, Optional<byte[]>, ConsensusEngine> engines,
      Height next,
      VoteMemory memory,
      ProposalGate gate,
      Pacemaker pace,
      Duties duties) {
    this.engines = engines;
    this.memory = memory;
    this.gate = gate;
    this.pace = pace;
    this.duties = duties;
    engine = engines.apply(next, memory.last());
  }

  Height height() {
    return engine.height();
  }

  void start() throws IOException {
    carryOut(engine.start());
  }

  /** Goes on at another height, which was reached without the engine. */
  void restart(Height next) throws IOException {
    queue.clear();
    engine = engines.apply(next, memory.last());
    start();
  }

  void add(EngineEvent event) {
    queue.add(event);
  }

  void run() throws IOException {
    while (!queue.isEmpty()) {
      carryOut(engine.handle(queue.remove()));
    }
  }

  private void carryOut(List<EngineEffect> effects) throws IOException {
    for (EngineEffect effect : effects) {
      switch (effect) {
        case EngineEffect.Persist e -> memory.persist(e.record());
        case EngineEffect.Broadcast e ->
            memory.broadcast(e.height().value(), new PeerMessage.Consensus(Bytes.of(e.message())));
        case EngineEffect.Decide e -> duties.decide(sealed(e));
        case EngineEffect.Build e -> build(e);
        case EngineEffect.StartBlockTimer e -> pace.start(e, duties.isIdle());
        case EngineEffect.StartRoundTimer e -> pace.start(e);
        case EngineEffect.Fetch e -> duties.handle(e);
        case EngineEffect.Offer e -> duties.handle(e);
        case EngineEffect.Report e -> duties.handle(e);
      }
    }
  }

  private SealedBlock sealed(EngineEffect.Decide decision) {
    Digest id = decision.proposal().digest();
    Block block =
        gate.block(id)
            .orElseThrow(() -> new IllegalStateException("decided without its block: " + id));
    return new SealedBlock(block, BlockSeal.of(decision.certificate()).encode());
  }

  private void build(EngineEffect.Build order) {
    Block block = duties.build(order);
    gate.put(block);
    add(new EngineEvent.Built(order.round(), block.compact().proposal()));
  }
}
