package io.metanode.containers.network;

import io.metanode.foundation.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Holds a UDP port; gives each peer a socket of its own towards the container, for the answers. */
final class UdpForwarder implements Forwarder {

  private static final Logger LOG = System.getLogger(UdpForwarder.class.getName());
  private static final long IDLE_NANOS = Duration.ofSeconds(90).toNanos();
  private static final int SESSIONS = 256;
  private static final int DATAGRAM = 65_535;

  private final DatagramChannel listener;
  private final Thread carrier;
  private volatile InetSocketAddress target;
  private final Clock clock;
  private final Map<SocketAddress, Session> sessions = new LinkedHashMap<>();

  /** A peer's socket, and when it last sent something. */
  private static final class Session {
    final DatagramChannel channel;
    long usedNanos;

    Session(DatagramChannel channel, long usedNanos) {
      this.channel = channel;
      this.usedNanos = usedNanos;
    }
  }

  /**
   * @param address where to listen; port 0 for one the kernel chooses
   * @throws java.net.BindException if the port is taken
   */
  UdpForwarder(InetSocketAddress address, InetSocketAddress target, Clock clock)
      throws IOException {
    this.target = target;
    this.clock = clock;
    this.listener =
        address.getAddress() instanceof Inet4Address
            ? DatagramChannel.open(StandardProtocolFamily.INET)
            : DatagramChannel.open();
    try {
      listener.bind(address);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    this.carrier = Thread.ofVirtual().name("metanode-udp-forward").start(this::carryAll);
  }

  @Override
  public int port() {
    return listener.socket().getLocalPort();
  }

  @Override
  public void lead(InetSocketAddress elsewhere) {
    target = elsewhere;
    forgetSessions();
  }

  private synchronized void forgetSessions() {
    sessions.values().forEach(UdpForwarder::closeQuietly);
    sessions.clear();
  }

  private void carryAll() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM);
    while (listener.isOpen()) {
      try {
        buffer.clear();
        SocketAddress peer = listener.receive(buffer);
        session(peer).write(buffer.flip());
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "datagram to {0} lost: {1}", target, e.getMessage());
      }
    }
  }

  private synchronized DatagramChannel session(SocketAddress peer) throws IOException {
    Session session = sessions.get(peer);
    if (session == null) {
      makeRoom();
      DatagramChannel channel = DatagramChannel.open();
      channel.connect(target);
      session = new Session(channel, 0);
      sessions.put(peer, session);
      Thread.ofVirtual().name("metanode-udp-answer").start(() -> answer(channel, peer));
    }
    session.usedNanos = clock.monotonicNanos();
    return session.channel;
  }

  private void makeRoom() {
    long now = clock.monotonicNanos();
    sessions
        .values()
        .removeIf(session -> now - session.usedNanos > IDLE_NANOS && closeQuietly(session));
    if (sessions.size() >= SESSIONS) {
      Optional<Map.Entry<SocketAddress, Session>> oldest =
          sessions.entrySet().stream()
              .min(Comparator.comparingLong(entry -> entry.getValue().usedNanos));
      oldest.ifPresent(
          entry -> {
            closeQuietly(entry.getValue());
            sessions.remove(entry.getKey());
          });
    }
  }

  private void answer(DatagramChannel channel, SocketAddress peer) {
    ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM);
    while (channel.isOpen() && listener.isOpen()) {
      try {
        buffer.clear();
        channel.read(buffer);
        listener.send(buffer.flip(), peer);
      } catch (PortUnreachableException e) {
        LOG.log(Level.DEBUG, "nobody receives at {0}", target);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "answer of {0} lost: {1}", target, e.getMessage());
      }
    }
  }

  private static boolean closeQuietly(Session session) {
    try {
      session.channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed: {0}", e.getMessage());
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Forwarder.awaitEnd(carrier);
    closeSessions();
  }

  private synchronized void closeSessions() {
    sessions.values().forEach(UdpForwarder::closeQuietly);
  }
}
