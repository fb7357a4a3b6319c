package io.metanode.ledger.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SendQueueTest {

  private final SendQueue queue = new SendQueue();

  private static Frame frame(Lane lane, int length) {
    return new Frame(lane, new byte[length]);
  }

  @Test
  void consensusGoesFirst() throws Exception {
    Frame gossip = frame(Lane.GOSSIP, 1);
    Frame sync = frame(Lane.SYNC, 2);
    Frame vote = frame(Lane.CONSENSUS, 3);
    queue.offer(gossip);
    queue.offer(sync);
    queue.offer(vote);
    assertSame(vote, queue.take(Duration.ZERO).orElseThrow());
    assertSame(sync, queue.take(Duration.ZERO).orElseThrow());
    assertSame(gossip, queue.take(Duration.ZERO).orElseThrow());
    assertEquals(Optional.empty(), queue.take(Duration.ZERO));
    assertEquals(0, queue.bytes());
  }

  @Test
  void gossipThatDoesNotFitIsDropped() {
    int frames = Lane.GOSSIP.maxQueued() / (Lane.GOSSIP.maxFrame() + Frame.HEAD);
    for (int i = 0; i < frames; i++) {
      assertEquals(SendQueue.Offer.QUEUED, queue.offer(frame(Lane.GOSSIP, Lane.GOSSIP.maxFrame())));
    }
    assertEquals(SendQueue.Offer.DROPPED, queue.offer(frame(Lane.GOSSIP, Lane.GOSSIP.maxFrame())));
    assertEquals(SendQueue.Offer.QUEUED, queue.offer(frame(Lane.CONSENSUS, 100)));
  }

  @Test
  void peerThatDoesNotTakeVotesIsTooSlow() {
    int most = Lane.CONSENSUS.maxFrame();
    SendQueue.Offer last = SendQueue.Offer.QUEUED;
    for (int i = 0; i <= Lane.CONSENSUS.maxQueued() / most; i++) {
      last = queue.offer(frame(Lane.CONSENSUS, most));
    }
    assertEquals(SendQueue.Offer.TOO_SLOW, last);
  }
}
