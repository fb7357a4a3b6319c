package io.metanode.cli.ledger;

import io.metanode.foundation.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A long way to a port of this host: what goes in comes out after a fixed time, in both directions,
 * at any rate. Links between validators are encrypted from end to end: a relay can only delay them.
 */
final class DelayRelay implements AutoCloseable {

  private static final int CHUNK = 1 << 16;
  private static final int MOST_CHUNKS = 4096;

  private final ServerSocket server;
  private final int target;
  private final long delayNanos;
  private final Clock clock;

  /**
   * @param delayMillis one way
   */
  DelayRelay(int target, long delayMillis, Clock clock) throws IOException {
    this.target = target;
    this.delayNanos = delayMillis * 1_000_000;
    this.clock = clock;
    server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(byte[] bytes, long due) {}

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        pump(near, far);
        pump(far, near);
      } catch (IOException e) {
        // The relay closes, or its target is down: whoever dialled sees its connection end.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    BlockingQueue<Chunk> under = new LinkedBlockingQueue<>(MOST_CHUNKS);
    Thread.ofVirtual().start(() -> read(from, under));
    Thread.ofVirtual().start(() -> write(to, from, under));
  }

  private void read(Socket from, BlockingQueue<Chunk> under) {
    byte[] buffer = new byte[CHUNK];
    int length = 0;
    try (InputStream in = from.getInputStream()) {
      while (length >= 0) {
        length = in.read(buffer);
        byte[] bytes = Arrays.copyOf(buffer, Math.max(0, length));
        under.put(new Chunk(bytes, clock.monotonicNanos() + delayNanos));
      }
    } catch (IOException e) {
      under.offer(new Chunk(new byte[0], clock.monotonicNanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Socket to, Socket from, BlockingQueue<Chunk> under) {
    try (to;
        from;
        OutputStream out = to.getOutputStream()) {
      Chunk next = under.take();
      while (next.bytes().length > 0) {
        while (clock.monotonicNanos() - next.due() < 0) {
          LockSupport.parkNanos(next.due() - clock.monotonicNanos());
        }
        out.write(next.bytes());
        next = under.take();
      }
    } catch (IOException e) {
      // The other end is gone: both sockets close, and with them the way back.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
