package io.metanode.ledger.peers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits to be sent to one peer: a bounded queue for each lane, the most urgent lane first. */
final class SendQueue {

  /** What became of a frame. */
  enum Offer {
    QUEUED,
    DROPPED,
    /** It did not fit in a vital lane: the peer does not keep up. */
    TOO_SLOW
  }

  private static final class LaneQueue {
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long bytes;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Map<Lane, LaneQueue> lanes = new EnumMap<>(Lane.class);

  SendQueue() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new LaneQueue());
    }
  }

  private LaneQueue queue(Lane lane) {
    return lanes.computeIfAbsent(lane, _ -> new LaneQueue());
  }

  /** Never blocks. */
  Offer offer(Frame frame) {
    lock.lock();
    try {
      LaneQueue queue = queue(frame.lane());
      if (queue.bytes + frame.length() > frame.lane().maxQueued()) {
        return frame.lane().vital() ? Offer.TOO_SLOW : Offer.DROPPED;
      }
      queue.frames.add(frame);
      queue.bytes += frame.length();
      filled.signal();
      return Offer.QUEUED;
    } finally {
      lock.unlock();
    }
  }

  /** The next frame to send; empty if none comes in time. */
  Optional<Frame> take(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      Optional<Frame> next = next();
      while (next.isEmpty() && left > 0) {
        left = filled.awaitNanos(left);
        next = next();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** The next frame if one waits. */
  Optional<Frame> poll() {
    lock.lock();
    try {
      return next();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Frame> next() {
    for (LaneQueue queue : lanes.values()) {
      Frame frame = queue.frames.poll();
      if (frame != null) {
        queue.bytes -= frame.length();
        return Optional.of(frame);
      }
    }
    return Optional.empty();
  }

  /** The bytes that wait. */
  long bytes() {
    lock.lock();
    try {
      return lanes.values().stream().mapToLong(queue -> queue.bytes).sum();
    } finally {
      lock.unlock();
    }
  }
}
