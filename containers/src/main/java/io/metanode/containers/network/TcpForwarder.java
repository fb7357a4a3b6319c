package io.metanode.containers.network;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds a TCP port; carries its connections, each half closing on its own. */
final class TcpForwarder implements Forwarder {

  private static final Logger LOG = System.getLogger(TcpForwarder.class.getName());

  /** Held by each direction of each connection, also an idle one. */
  private static final int BUFFER = 16 * 1024;

  private final ServerSocketChannel listener;
  private final Thread acceptor;
  private volatile InetSocketAddress target;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  /**
   * @param address where to listen; port 0 for one the kernel chooses
   * @throws java.net.BindException if the port is taken
   */
  TcpForwarder(InetSocketAddress address, InetSocketAddress target) throws IOException {
    this.target = target;
    this.listener =
        address.getAddress() instanceof Inet4Address
            ? ServerSocketChannel.open(StandardProtocolFamily.INET)
            : ServerSocketChannel.open();
    try {
      listener.bind(address, 128);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    this.acceptor = Thread.ofVirtual().name("metanode-tcp-forward").start(this::acceptAll);
  }

  @Override
  public int port() {
    return listener.socket().getLocalPort();
  }

  @Override
  public void lead(InetSocketAddress elsewhere) {
    target = elsewhere;
  }

  private void acceptAll() {
    while (listener.isOpen()) {
      try {
        SocketChannel client = listener.accept();
        Thread.ofVirtual().name("metanode-tcp-carry").start(() -> carry(client));
      } catch (IOException e) {
        if (listener.isOpen()) {
          LOG.log(Level.WARNING, "accept for {0} failed: {1}", target, e.getMessage());
        }
      }
    }
  }

  private void carry(SocketChannel client) {
    try (client;
        SocketChannel container = SocketChannel.open()) {
      open.add(client);
      open.add(container);
      container.connect(target);
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      container.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Thread back = Thread.ofVirtual().start(() -> pump(container, client));
      pump(client, container);
      back.join();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "connection to {0} failed: {1}", target, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.removeIf(channel -> !channel.isOpen());
    }
  }

  private static void pump(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed: {0}", e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Forwarder.awaitEnd(acceptor);
    open.forEach(TcpForwarder::closeQuietly);
  }
}
