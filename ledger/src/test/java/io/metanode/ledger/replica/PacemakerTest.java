package io.metanode.ledger.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.ledger.consensus.EngineEffect;
import io.metanode.ledger.consensus.EngineEvent;
import io.metanode.ledger.consensus.Height;
import io.metanode.testkit.VirtualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacemakerTest {

  private static final long PERIOD = 100;
  private static final long IDLE = 2_000;
  private static final Height NEXT = new Height(7);

  private final VirtualClock clock = new VirtualClock();
  private final Outbox out = new Outbox();
  private long last = clock.now().toEpochMilli();
  private final Pacemaker pace = new Pacemaker(out, IDLE, clock, () -> last);

  /** The last block is so old, by its own word. */
  private void lastBlock(long millisAgo) {
    last = clock.now().toEpochMilli() - millisAgo;
  }

  private void decided(boolean nothingToDo) {
    pace.start(new EngineEffect.StartBlockTimer(NEXT, PERIOD), nothingToDo);
  }

  private List<Long> delays() {
    return out.take().stream()
        .map(ReplicaEffect.StartTimer.class::cast)
        .filter(timer -> timer.timer().kind() == Timer.Kind.BLOCK)
        .map(ReplicaEffect.StartTimer::delayMillis)
        .toList();
  }

  @Test
  void aBlockWaitsForWhatIsLeftOfThePeriodSinceTheLast() {
    lastBlock(30);
    decided(false);
    assertEquals(List.of(PERIOD - 30), delays());
  }

  @Test
  void aBlockThatTookItsPeriodIsFollowedAtOnce() {
    lastBlock(250);
    decided(false);
    assertEquals(List.of(0L), delays());
  }

  @Test
  void aBlockFromTheFutureHoldsNobodyUpForLongerThanThePeriod() {
    lastBlock(-10_000);
    decided(false);
    assertEquals(List.of(PERIOD), delays());
  }

  @Test
  void whatComesAfterARestIsProposedWithoutAWait() {
    lastBlock(120);
    decided(true);
    assertEquals(List.of(IDLE), delays());
    pace.work();
    assertEquals(List.of(0L), delays());
    pace.work();
    assertEquals(List.of(), delays());
  }

  @Test
  void whatComesRightAfterABlockWaitsForTheRestOfThePeriod() {
    lastBlock(10);
    decided(true);
    assertEquals(List.of(IDLE), delays());
    pace.work();
    assertEquals(List.of(PERIOD - 10), delays());
  }

  @Test
  void aFullBlockWaitsForNothing() {
    decided(false);
    assertEquals(List.of(PERIOD), delays());
    assertEquals(new EngineEvent.BlockTimeout(NEXT), pace.full().orElseThrow());
  }
}
