package io.metanode.ledger.peers;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.consensus.ValidatorId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The links of one validator to the others: one for each pair. Both ends try to connect; where both
 * succeed the connection that the lower id made stays. Safe for use by many threads.
 */
public final class Peers implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Peers.class.getName());

  private final ValidatorId self;
  private final PeerLimits limits;
  private final Clock clock;
  private final Randomness randomness;
  private final PeerEvents events;
  private final PeerBook book;
  private final PeerTls tls;
  private final Semaphore handshakes;
  private final Map<ValidatorId, Link> links = new ConcurrentHashMap<>();
  private final Set<ValidatorId> dialling = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("peer-deadlines").factory());
  private final ServerSocket server;
  private final Thread accepting;
  private volatile boolean open = true;

  /** Listens; nobody is a peer before {@link #know}. */
  public Peers(
      PrivateKeySigner identity,
      InetSocketAddress listen,
      PeerLimits limits,
      Clock clock,
      Randomness randomness,
      PeerEvents events)
      throws IOException {
    this.self = new ValidatorId(identity.publicKey().id());
    this.limits = limits;
    this.clock = clock;
    this.randomness = randomness;
    this.events = events;
    this.book = new PeerBook(limits);
    this.handshakes = new Semaphore(limits.handshakes());
    try {
      tls = new PeerTls(identity, book::knows);
    } catch (SigningException e) {
      throw new IOException("the validator's key does not sign", e);
    }
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(listen, limits.handshakes());
    accepting = Thread.ofVirtual().name("peer-accept").start(this::acceptAll);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /**
   * Sets who the peers are. Links to others end; peers with an address are connected to.
   *
   * @param addresses of those whose addresses are known
   */
  public void know(Set<Ed25519PublicKey> peers, Map<ValidatorId, PeerAddress> addresses) {
    book.know(peers);
    links.values().stream()
        .filter(link -> !book.knows(link.peer()))
        .forEach(link -> link.close("no peer any longer"));
    addresses.forEach(
        (peer, address) -> {
          if (!peer.equals(self) && book.knows(peer) && dialling.add(peer)) {
            Thread.ofVirtual().name("peer-dial-" + peer).start(() -> dialAlways(peer, address));
          }
        });
  }

  private void acceptAll() {
    while (open) {
      try {
        Socket raw = server.accept();
        if (handshakes.tryAcquire()) {
          Thread.ofVirtual().name("peer-handshake").start(() -> accepted(raw));
        } else {
          raw.close();
        }
      } catch (IOException e) {
        if (open) {
          LOG.log(System.Logger.Level.WARNING, "accepting a peer failed: {0}", e.getMessage());
          LockSupport.parkNanos(limits.retryFirst().toNanos());
        }
      }
    }
  }

  private void accepted(Socket raw) {
    try {
      connect(raw, Optional.empty());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection is refused: {0}", e.getMessage());
    } finally {
      handshakes.release();
    }
  }

  private void dialAlways(ValidatorId peer, PeerAddress address) {
    Backoff backoff = new Backoff(limits.retryFirst(), limits.retryMost(), randomness);
    boolean mayWait = self.compareTo(peer) > 0;
    try {
      while (open && book.knows(peer)) {
        Link link = links.get(peer);
        if (link != null) {
          long begun = clock.monotonicNanos();
          link.awaitClosed();
          if (clock.monotonicNanos() - begun > limits.retryMost().toNanos()) {
            backoff.reset();
          }
        }
        if (link != null || mayWait) {
          pause(backoff.next().toNanos());
          mayWait = false;
          continue;
        }
        dial(peer, address);
        mayWait = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      dialling.remove(peer);
    }
  }

  private void pause(long nanos) {
    long until = clock.monotonicNanos() + nanos;
    while (open && clock.monotonicNanos() - until < 0) {
      LockSupport.parkNanos(until - clock.monotonicNanos());
    }
  }

  private void dial(ValidatorId peer, PeerAddress address) {
    if (book.banned(peer, clock.monotonicNanos())) {
      return;
    }
    Socket raw = new Socket();
    try {
      raw.connect(address.resolve(), (int) limits.handshake().toMillis());
      connect(raw, Optional.of(peer));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "peer {0} at {1}: {2}", peer, address, e.getMessage());
      close(raw);
    }
  }

  /**
   * Shakes hands within the time for it, and makes a link of the connection if there is no other.
   */
  private void connect(Socket raw, Optional<ValidatorId> wanted) throws IOException {
    Future<?> deadline =
        deadlines.schedule(() -> close(raw), limits.handshake().toMillis(), TimeUnit.MILLISECONDS);
    try {
      raw.setTcpNoDelay(true);
      PeerTls.Proved proved = tls.handshake(raw, wanted.isPresent());
      ValidatorId peer = new ValidatorId(proved.peer().id());
      if (peer.equals(self) || !wanted.map(peer::equals).orElse(true)) {
        throw new ProtocolException("it is " + peer);
      }
      if (book.banned(peer, clock.monotonicNanos())) {
        throw new ProtocolException(peer + " broke the protocol a while ago");
      }
      adopt(
          new Link(
              peer, wanted.isPresent(), raw, proved.socket(), limits, clock, book.credit(peer)));
    } catch (IOException e) {
      close(raw);
      throw e;
    } finally {
      deadline.cancel(false);
    }
  }

  private void adopt(Link link) throws IOException {
    ValidatorId peer = link.peer();
    synchronized (links) {
      Link other = links.get(peer);
      if (!open || (other != null && byLower(other) && !byLower(link))) {
        throw new IOException("there is a link to " + peer + " already");
      }
      links.put(peer, link);
      if (other != null) {
        other.close("there is a newer link");
      }
      events.connected(peer);
    }
    link.start(events::received, reason -> ended(link, reason));
  }

  private boolean byLower(Link link) {
    return link.dialled() == (self.compareTo(link.peer()) < 0);
  }

  private void ended(Link link, IOException reason) {
    if (reason instanceof ProtocolException) {
      LOG.log(
          System.Logger.Level.WARNING,
          "peer {0} broke the protocol: {1}",
          link.peer(),
          reason.getMessage());
      book.strike(link.peer(), clock.monotonicNanos());
    }
    synchronized (links) {
      if (links.remove(link.peer(), link)) {
        events.disconnected(link.peer());
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a socket: {0}", e.getMessage());
    }
  }

  /** Sends a frame to a peer if there is a link to it. Never blocks. */
  public void send(ValidatorId peer, Frame frame) {
    Link link = links.get(peer);
    if (link != null) {
      link.send(frame);
    }
  }

  /** Sends a frame to all peers there are links to. Never blocks. */
  public void broadcast(Frame frame) {
    links.values().forEach(link -> link.send(frame));
  }

  /** Ends a peer's link because of what it sent, and keeps away from it for a while. */
  public void refuse(ValidatorId peer, String reason) {
    LOG.log(System.Logger.Level.WARNING, "peer {0} is refused: {1}", peer, reason);
    book.strike(peer, clock.monotonicNanos());
    Link link = links.get(peer);
    if (link != null) {
      link.close(reason);
    }
  }

  public List<LinkStatus> status() {
    return links.values().stream().map(Link::status).toList();
  }

  /** Ends the links and listens no longer: when it returns, another can listen at the address. */
  @Override
  public void close() throws IOException {
    synchronized (links) {
      open = false;
    }
    server.close();
    deadlines.shutdownNow();
    links.values().forEach(link -> link.close("stopping"));
    awaitPortFree();
  }

  /** The port is free when the thread that accepts has left it, not when the socket is closed. */
  private void awaitPortFree() {
    try {
      accepting.join(limits.handshake());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
