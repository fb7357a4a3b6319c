package io.metanode.ledger.replica;

import io.metanode.foundation.Clock;
import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The engine's two timers. The block timer counts from the time that the last block says (as the
 * block period of Besu's QBFT does), so that a block that took its period to be decided is followed
 * at once, and what came after a rest is proposed without a wait. Whatever a block says, nobody
 * waits for longer than the timer. While there is nothing to put into a block the timers of round 0
 * are stretched, so that an idle chain does not fill disks with empty blocks; the first transaction
 * starts them again as they should be.
 */
final class Pacemaker {

  private final Outbox out;
  private final long idleMillis;
  private final Clock clock;
  private final LongSupplier lastBlockMillis;
  private EngineEffect.StartBlockTimer block = new EngineEffect.StartBlockTimer(Height.GENESIS, 0);
  private EngineEffect.StartRoundTimer round =
      new EngineEffect.StartRoundTimer(Height.GENESIS, Round.ZERO, 0);
  private boolean idle;

  /**
   * @param lastBlockMillis when the last block was made, as it says, in ms since 1970
   */
  Pacemaker(Outbox out, long idleMillis, Clock clock, LongSupplier lastBlockMillis) {
    this.out = out;
    this.idleMillis = idleMillis;
    this.clock = clock;
    this.lastBlockMillis = lastBlockMillis;
  }

  void start(EngineEffect.StartBlockTimer timer, boolean nothingToDo) {
    block = timer;
    idle = nothingToDo;
    out.start(Timer.Kind.BLOCK, idle ? block.delayMillis() + stretch() : rest());
  }

  void start(EngineEffect.StartRoundTimer timer) {
    round = timer;
    boolean first = timer.round().equals(Round.ZERO);
    out.start(Timer.Kind.ROUND, timer.delayMillis() + (first ? stretch() : 0));
  }

  /** What is left of the time from one block to the next. */
  private long rest() {
    long passed = clock.now().toEpochMilli() - lastBlockMillis.getAsLong();
    return Math.clamp(block.delayMillis() - passed, 0, block.delayMillis());
  }

  private long stretch() {
    return idle ? Math.max(0, idleMillis - block.delayMillis()) : 0;
  }

  /** There is something to put into a block. */
  void work() {
    if (!idle) {
      return;
    }
    idle = false;
    if (out.isRunning(Timer.Kind.BLOCK)) {
      out.start(Timer.Kind.BLOCK, rest());
    }
    if (out.isRunning(Timer.Kind.ROUND) && round.round().equals(Round.ZERO)) {
      out.start(Timer.Kind.ROUND, round.delayMillis());
    }
  }

  /** A block is full: it need not wait. */
  Optional<EngineEvent> full() {
    if (!out.isRunning(Timer.Kind.BLOCK)) {
      return Optional.empty();
    }
    out.stop(Timer.Kind.BLOCK);
    return Optional.of(new EngineEvent.BlockTimeout(block.height()));
  }

  EngineEvent blockTimeout() {
    return new EngineEvent.BlockTimeout(block.height());
  }

  EngineEvent roundTimeout() {
    return new EngineEvent.RoundTimeout(round.height(), round.round());
  }
}
