package io.metanode.containers.engine;

import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.containers.runtime.ProcessStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Carries bytes between a client's connection and a process, until either has enough. */
final class Pump {

  private static final int BUFFER_BYTES = 32 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final Hijacked client;
  private final ProcessStreams streams;
  private final Optional<DetachKeys> detachKeys;
  private Optional<Thread> carrier = Optional.empty();
  private volatile boolean detached;

  /**
   * @param detachKeys to look for in the client's input; empty without a terminal
   */
  Pump(Hijacked client, ProcessStreams streams, Optional<DetachKeys> detachKeys) {
    this.client = client;
    this.streams = streams;
    this.detachKeys = detachKeys;
  }

  /**
   * Returns once the process's output has ended, the client is gone, or it detached. Leaves the
   * client's connection open.
   *
   * @return whether the client detached
   */
  boolean run(boolean stdin) {
    if (stdin) {
      carrier = Optional.of(Thread.ofVirtual().name("stdin").start(this::carryInput));
    }
    try {
      copy(streams.output(), client.output());
    } catch (IOException e) {
      // The client or the process went away, or the client detached: the pump is done.
    } finally {
      close(streams);
    }
    return detached;
  }

  /** Ends the client's connection in order. */
  void end() {
    end(client, carrier);
  }

  /**
   * Ends a client's connection in order: the end of the output, what the client still sends, the
   * close. A socket closed with input unread is reset, and the client would lose output over it.
   *
   * @param carrier who reads the client's input, if somebody does
   */
  static void end(Hijacked client, Optional<Thread> carrier) {
    try {
      client.channel().shutdownOutput();
      var _ =
          Thread.ofVirtual().name("linger").start(() -> discardInput(client, carrier)).join(LINGER);
    } catch (IOException e) {
      // The client is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(client.channel());
    }
  }

  private static void discardInput(Hijacked client, Optional<Thread> carrier) {
    try {
      if (carrier.isPresent()) {
        carrier.get().join();
      }
      client.input().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client is gone: nothing more comes.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
      to.flush();
    }
  }

  private void carryInput() {
    try (OutputStream input = streams.input()) {
      if (detachKeys.isPresent()) {
        carryKeys(input, detachKeys.get().scan());
      } else {
        copy(client.input(), input);
      }
    } catch (IOException e) {
      // The process or the client went away; its other half notices by itself.
    }
  }

  private void carryKeys(OutputStream input, DetachKeys.Scan scan) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = client.input().read(buffer); count >= 0; count = client.input().read(buffer)) {
      input.write(scan.next(buffer, count));
      input.flush();
      if (scan.detached()) {
        detached = true;
        close(streams);
        return;
      }
    }
  }

  static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.getLogger(Pump.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
    }
  }
}
