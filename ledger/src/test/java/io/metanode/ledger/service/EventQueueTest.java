package io.metanode.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.replica.ReplicaEvent;
import io.metanode.ledger.replica.Timer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventQueueTest {

  private final EventQueue queue = new EventQueue();

  private static ReplicaEvent event(long number) {
    return new ReplicaEvent.Submitted(number, List.of());
  }

  private static ReplicaEvent timer() {
    return new ReplicaEvent.Expired(new Timer(Timer.Kind.ROUND, 1));
  }

  private List<ReplicaEvent> take(int most) throws InterruptedException {
    return queue.take(most).stream().map(EventQueue.Entry::event).toList();
  }

  @Test
  void urgentEventsOvertake() throws Exception {
    queue.add(event(1), () -> {});
    queue.urgent(timer(), () -> {});
    assertEquals(List.of(timer(), event(1)), take(8));
  }

  @Test
  void othersComeInOrderAndNotAllAtOnce() throws Exception {
    for (long i = 0; i < 3; i++) {
      queue.add(event(i), () -> {});
    }
    assertEquals(List.of(event(0), event(1)), take(2));
    queue.urgent(timer(), () -> {});
    assertEquals(List.of(timer(), event(2)), take(2));
    assertEquals(0, queue.size());
  }

  @Test
  void closedQueueGivesNothingAndHoldsNothing() throws Exception {
    AtomicInteger roomGivenBack = new AtomicInteger();
    queue.add(event(1), roomGivenBack::incrementAndGet);
    queue.close();
    queue.urgent(timer(), roomGivenBack::incrementAndGet);
    assertTrue(queue.take(8).isEmpty());
    assertEquals(0, queue.size());
    assertEquals(2, roomGivenBack.get());
  }
}
