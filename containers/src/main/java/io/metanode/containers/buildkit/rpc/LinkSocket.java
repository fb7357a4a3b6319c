package io.metanode.containers.buildkit.rpc;

import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.receipts.Actor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CountDownLatch;

/** A connection that was taken over, as a socket. Options of TCP are accepted and do nothing. */
final class LinkSocket extends Socket {

  /** Who is at the other end. */
  static final class Peer extends SocketAddress {

    private final transient Actor actor;

    Peer(Actor actor) {
      this.actor = actor;
    }

    Actor actor() {
      return actor;
    }

    @Override
    public String toString() {
      return actor.toString();
    }
  }

  private final Hijacked taken;
  private final Peer peer;
  private final CountDownLatch closed = new CountDownLatch(1);

  LinkSocket(Hijacked taken, Actor actor) {
    this.taken = taken;
    this.peer = new Peer(actor);
  }

  /** Waits until one side has closed it. */
  void awaitClose() throws InterruptedException {
    closed.await();
  }

  @Override
  public InputStream getInputStream() {
    return new Ending(taken.input());
  }

  @Override
  public OutputStream getOutputStream() {
    return taken.output();
  }

  @Override
  public void close() throws IOException {
    try {
      taken.channel().close();
    } finally {
      closed.countDown();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    taken.channel().shutdownOutput();
  }

  @Override
  public void shutdownInput() {}

  @Override
  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return peer;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return peer;
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void setSoTimeout(int timeoutMillis) {}

  @Override
  public int getSoTimeout() {
    return 0;
  }

  /** To whoever reads, a connection that was closed has ended. */
  private static final class Ending extends FilterInputStream {

    Ending(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (ClosedChannelException e) {
        return -1;
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return in.read(target, offset, length);
      } catch (ClosedChannelException e) {
        return -1;
      }
    }
  }
}
