package io.metanode.containers.buildkit.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;

/** A listening socket that accepts what is put into it; no port is opened. */
final class ConnectionQueue extends ServerSocketFactory {

  private final Accepting socket;

  ConnectionQueue() throws IOException {
    this.socket = new Accepting();
  }

  void put(LinkSocket connection) {
    socket.queue.add(connection);
  }

  @Override
  public ServerSocket createServerSocket() {
    return socket;
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    return socket;
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    return socket;
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    return socket;
  }

  private static final class Accepting extends ServerSocket {

    private final BlockingQueue<Socket> queue = new LinkedBlockingQueue<>();
    private final Socket last = new Socket();
    private volatile boolean closed;

    Accepting() throws IOException {}

    @Override
    public void bind(SocketAddress address) {}

    @Override
    public void bind(SocketAddress address, int backlog) {}

    @Override
    public Socket accept() throws IOException {
      try {
        Socket next = queue.take();
        if (closed) {
          next.close();
          throw new SocketException("closed");
        }
        return next;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SocketException("interrupted");
      }
    }

    @Override
    public void close() {
      closed = true;
      queue.add(last);
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
      return InetSocketAddress.createUnresolved("connections", 0);
    }
  }
}
