package io.metanode.containers.http;

import io.metanode.receipts.Actor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Accepts clients over TCP and lets in those whose certificate an authority vouches for. Strangers
 * can hold at most {@link #HANDSHAKES} connections, {@link Strangers#FROM_ONE_PLACE} from one
 * place, each for as long as a handshake may take, and none of the room that unix sockets have.
 */
final class TlsListener implements AutoCloseable {

  private static final Logger LOG = System.getLogger(TlsListener.class.getName());
  private static final int HANDSHAKES = 128;
  private static final int CONNECTIONS = 1024;
  private static final int BACKLOG = 128;

  private final ServerSocket server;
  private final SSLContext context;
  private final Duration patience;
  private final ScheduledExecutorService timer;
  private final Serving serving;
  private final Strangers strangers = new Strangers(HANDSHAKES);
  private final Semaphore room = new Semaphore(CONNECTIONS);

  /** Serves a client until its connection ends. */
  @FunctionalInterface
  interface Serving {
    void serve(Link link, Actor actor);
  }

  /**
   * @param patience how long a handshake may take
   */
  TlsListener(
      InetSocketAddress address,
      SSLContext context,
      Duration patience,
      ScheduledExecutorService timer,
      Serving serving)
      throws IOException {
    this.context = context;
    this.patience = patience;
    this.timer = timer;
    this.serving = serving;
    server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    Thread.ofVirtual().name("metanode-tls-accept").start(this::acceptAll);
  }

  int port() {
    return server.getLocalPort();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        take(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.log(Level.WARNING, "accept failed", e);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
      }
    }
  }

  private void take(Socket tcp) throws IOException {
    if (!strangers.enter(tcp.getInetAddress())) {
      tcp.close();
      return;
    }
    Thread.ofVirtual().name("metanode-tls").start(() -> greet(tcp));
  }

  /** The bound on the handshake is one for all of it: reading byte by byte gains nothing. */
  private void greet(Socket tcp) {
    ScheduledFuture<?> end =
        timer.schedule(() -> closeQuietly(tcp), patience.toMillis(), TimeUnit.MILLISECONDS);
    boolean greeted = false;
    InetAddress from = tcp.getInetAddress();
    try (tcp) {
      tcp.setTcpNoDelay(true);
      tcp.setKeepAlive(true);
      SSLSocket tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
      tls.setUseClientMode(false);
      tls.setNeedClientAuth(true);
      tls.setEnabledProtocols(new String[] {"TLSv1.3"});
      tls.startHandshake();
      Actor actor = ClientCertificates.actor(tls.getSession());
      end.cancel(false);
      strangers.leave(from);
      greeted = true;
      admit(new TlsLink(tcp, tls), actor);
    } catch (IOException e) {
      LOG.log(Level.INFO, "client at {0} not let in: {1}", from, e.getMessage());
    } finally {
      end.cancel(false);
      if (!greeted) {
        strangers.leave(from);
      }
    }
  }

  private void admit(TlsLink link, Actor actor) throws IOException {
    if (!room.tryAcquire()) {
      throw new IOException("more than " + CONNECTIONS + " connections");
    }
    try {
      serving.serve(link, actor);
    } finally {
      room.release();
    }
  }

  private static void closeQuietly(Socket tcp) {
    try {
      tcp.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed: {0}", e.getMessage());
    }
  }

  /** Stops accepting. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
