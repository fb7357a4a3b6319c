package io.metanode.containers.http;

import io.metanode.foundation.Clock;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/**
 * Serves routes over HTTP/1.1 on unix sockets and in TLS, a virtual thread a connection. Handlers
 * may block; a slow client holds up nobody else.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = System.getLogger(HttpServer.class.getName());
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 4096;

  private final RouteTable routes;
  private final ServerIdentity identity;
  private final Clock clock;
  private final Duration idle;
  private final PeerActors actors = new PeerActors();
  private final List<SocketFile> sockets = new CopyOnWriteArrayList<>();
  private final List<TlsListener> listeners = new CopyOnWriteArrayList<>();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Semaphore room = new Semaphore(CONNECTIONS);
  private final ScheduledExecutorService sweeper;

  /**
   * @param routes all routes; none may be added once the server listens
   * @param productVersion for the {@code Server} header, for example {@code 0.1.0}
   */
  public HttpServer(RouteTable routes, String productVersion, Clock clock) {
    this(routes, productVersion, clock, IDLE, SWEEP);
  }

  HttpServer(RouteTable routes, String productVersion, Clock clock, Duration idle, Duration sweep) {
    this.routes = routes;
    this.identity = new ServerIdentity(productVersion);
    this.clock = clock;
    this.idle = idle;
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metanode-http-sweep").factory());
    var _ =
        sweeper.scheduleWithFixedDelay(
            () -> connections.forEach(Connection::closeIfIdle),
            sweep.toMillis(),
            sweep.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Listens on a unix socket; a file that a crash left there is replaced.
   *
   * @param permissions of the socket file, as in {@code rw-rw----}
   * @param group the group that owns the socket file; empty for the process's
   * @throws IOException if someone listens there already, or the file is no socket
   */
  public void listen(Path path, String permissions, Optional<String> group) throws IOException {
    SocketFile socket = SocketFile.open(path, permissions, group);
    sockets.add(socket);
    Thread.ofVirtual().name("metanode-http-accept").start(() -> acceptAll(socket));
  }

  private void acceptAll(SocketFile socket) {
    while (socket.isOpen()) {
      try {
        room.acquireUninterruptibly();
        serve(socket.accept());
      } catch (IOException e) {
        room.release();
        if (socket.isOpen()) {
          LOG.log(Level.WARNING, "accept failed", e);
          pause();
        }
      }
    }
  }

  /** Out of descriptors, most likely: others need a moment to close theirs. */
  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  private void serve(SocketChannel channel) throws IOException {
    Actor actor;
    try {
      actor = actors.of(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    Thread.ofVirtual()
        .name("metanode-http")
        .start(
            () -> {
              try {
                serve(new UnixLink(channel), actor);
              } finally {
                room.release();
              }
            });
  }

  private void serve(Link link, Actor actor) {
    Connection connection = new Connection(link, actor, routes, identity, clock, idle.toNanos());
    connections.add(connection);
    try {
      connection.run();
    } finally {
      connections.remove(connection);
    }
  }

  /**
   * Listens for TLS 1.3 over TCP; clients are who their certificates say.
   *
   * @param certificate the server's certificate and those that lead to its authority, PEM
   * @param key the server's key, PKCS #8 in PEM
   * @param clientAuthorities who vouches for clients, PEM
   * @return the port
   * @throws IOException if the address is taken or a file cannot be used
   */
  public int listenTls(
      InetSocketAddress address, Path certificate, Path key, Path clientAuthorities)
      throws IOException {
    return listenTls(address, certificate, key, clientAuthorities, HANDSHAKE);
  }

  int listenTls(
      InetSocketAddress address,
      Path certificate,
      Path key,
      Path clientAuthorities,
      Duration patience)
      throws IOException {
    SSLContext context = ClientCertificates.context(certificate, key, clientAuthorities);
    TlsListener listener = new TlsListener(address, context, patience, sweeper, this::serve);
    listeners.add(listener);
    return listener.port();
  }

  /** Connections open now. */
  int openConnections() {
    return connections.size();
  }

  /** Stops accepting, lets requests in progress end for up to five seconds, closes the rest. */
  @Override
  public void close() throws IOException {
    for (SocketFile socket : sockets) {
      socket.close();
    }
    for (TlsListener listener : listeners) {
      listener.close();
    }
    sweeper.shutdownNow();
    connections.forEach(Connection::finish);
    long deadline = clock.monotonicNanos() + GRACE.toNanos();
    while (!connections.isEmpty() && clock.monotonicNanos() < deadline) {
      pause();
    }
    connections.forEach(Connection::close);
  }
}
