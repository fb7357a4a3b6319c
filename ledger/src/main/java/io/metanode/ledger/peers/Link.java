package io.metanode.ledger.peers;

import io.metanode.foundation.Clock;
import io.metanode.ledger.consensus.ValidatorId;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a peer that proved its key: one thread reads, one writes. It ends when either
 * fails, when the peer is silent for too long, or when it does not keep up.
 */
final class Link {

  private static final System.Logger LOG = System.getLogger(Link.class.getName());

  private final ValidatorId peer;
  private final boolean dialled;
  private final Socket raw;
  private final SSLSocket socket;
  private final PeerLimits limits;
  private final Clock clock;
  private final Semaphore credit;
  private final SendQueue queue = new SendQueue();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder receivedFrames = new LongAdder();

  /**
   * @param raw the socket beneath, which can be closed whatever TLS is doing
   * @param dialled whether we made the connection
   * @param credit the bytes the peer may still have waiting here
   */
  Link(
      ValidatorId peer,
      boolean dialled,
      Socket raw,
      SSLSocket socket,
      PeerLimits limits,
      Clock clock,
      Semaphore credit) {
    this.peer = peer;
    this.dialled = dialled;
    this.raw = raw;
    this.socket = socket;
    this.limits = limits;
    this.clock = clock;
    this.credit = credit;
  }

  ValidatorId peer() {
    return peer;
  }

  boolean dialled() {
    return dialled;
  }

  /** Begins to read and write. */
  void start(Consumer<Received> received, Consumer<IOException> ended) {
    Thread.ofPlatform().daemon().name("ledger-peer-out-" + peer).start(this::write);
    Thread.ofPlatform()
        .daemon()
        .name("ledger-peer-in-" + peer)
        .start(
            () -> {
              IOException reason = read(received);
              close("it ended: " + reason.getMessage());
              ended.accept(reason);
              closed.countDown();
            });
  }

  /** Reads until the link ends, and says why it did. */
  private IOException read(Consumer<Received> received) {
    try {
      socket.setSoTimeout((int) limits.silence().toMillis());
      FrameInput in = new FrameInput(socket.getInputStream());
      long now = clock.monotonicNanos();
      RateLimit bytes = new RateLimit(limits.bytesPerSecond(), limits.bytesPerSecond(), now);
      RateLimit frames = new RateLimit(limits.framesPerSecond(), limits.framesPerSecond(), now);
      while (!closing.get()) {
        Optional<Frame> frame = in.next();
        int length = frame.map(Frame::length).orElse(Frame.HEAD);
        now = clock.monotonicNanos();
        pause(Math.max(bytes.take(length, now), frames.take(1, now)));
        if (frame.isPresent()) {
          receivedFrames.increment();
          receivedBytes.add(length);
          deliver(frame.get(), received);
        }
      }
      return new IOException("closed here");
    } catch (IOException e) {
      return e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IOException("interrupted", e);
    }
  }

  private void pause(long nanos) {
    long until = clock.monotonicNanos() + nanos;
    while (!closing.get() && clock.monotonicNanos() < until) {
      LockSupport.parkNanos(until - clock.monotonicNanos());
    }
  }

  private void deliver(Frame frame, Consumer<Received> received) throws InterruptedException {
    int length = (int) Math.min(frame.length(), limits.unprocessed());
    credit.acquire(length);
    AtomicBoolean done = new AtomicBoolean();
    received.accept(
        new Received(
            peer,
            frame,
            () -> {
              if (done.compareAndSet(false, true)) {
                credit.release(length);
              }
            }));
  }

  private void write() {
    try {
      FrameOutput out = new FrameOutput(socket.getOutputStream());
      while (!closing.get()) {
        Optional<Frame> frame = queue.take(limits.keepAlive());
        if (frame.isEmpty()) {
          out.keepAlive();
        }
        while (frame.isPresent()) {
          out.write(frame.get());
          sentBytes.add(frame.get().length());
          frame = queue.poll();
        }
        out.flush();
      }
    } catch (IOException e) {
      close("writing failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close("interrupted");
    }
  }

  /** Queues a frame, or drops it, or gives up the peer: as its lane has it. Never blocks. */
  void send(Frame frame) {
    switch (queue.offer(frame)) {
      case QUEUED -> {}
      case DROPPED -> dropped.increment();
      case TOO_SLOW -> close("it does not keep up");
    }
  }

  /** Ends the link; the peer may see no farewell. */
  void close(String reason) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    LOG.log(System.Logger.Level.DEBUG, "link to {0}: {1}", peer, reason);
    try {
      raw.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the link to {0}: {1}", peer, e.getMessage());
    }
  }

  void awaitClosed() throws InterruptedException {
    closed.await();
  }

  LinkStatus status() {
    return new LinkStatus(
        peer,
        queue.bytes(),
        dropped.sum(),
        sentBytes.sum(),
        receivedBytes.sum(),
        receivedFrames.sum());
  }
}
