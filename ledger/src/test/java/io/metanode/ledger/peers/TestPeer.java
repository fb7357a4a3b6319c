package io.metanode.ledger.peers;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.SystemClock;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A peer that remembers what it got. */
final class TestPeer implements PeerEvents, AutoCloseable {

  final PrivateKeySigner identity;
  final Peers peers;
  final LinkedBlockingQueue<Received> inbox = new LinkedBlockingQueue<>();
  final Set<ValidatorId> connected = ConcurrentHashMap.newKeySet();
  volatile boolean takesIn = true;

  TestPeer(PrivateKeySigner identity, int port, PeerLimits limits) throws IOException {
    this.identity = identity;
    peers =
        new Peers(
            identity,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            limits,
            SystemClock.INSTANCE,
            new Gen(identity.publicKey().hashCode()),
            this);
  }

  static PrivateKeySigner identity(int number) {
    return PrivateKeySigner.generate(new Gen(number));
  }

  static TestPeer of(int number, PeerLimits limits) throws IOException {
    return new TestPeer(identity(number), 0, limits);
  }

  ValidatorId id() {
    return new ValidatorId(identity.publicKey().id());
  }

  Ed25519PublicKey key() {
    return identity.publicKey();
  }

  /** Makes each of them know all. */
  static void introduce(TestPeer... all) {
    Set<Ed25519PublicKey> keys = Arrays.stream(all).map(TestPeer::key).collect(Collectors.toSet());
    Map<ValidatorId, PeerAddress> addresses = new HashMap<>();
    for (TestPeer peer : all) {
      addresses.put(peer.id(), new PeerAddress("127.0.0.1", peer.peers.address().getPort()));
    }
    List.of(all).forEach(peer -> peer.peers.know(keys, addresses));
  }

  Received take() throws InterruptedException {
    Received received = inbox.poll(60, TimeUnit.SECONDS);
    if (received == null) {
      throw new AssertionError("nothing arrived");
    }
    return received;
  }

  @Override
  public void received(Received received) {
    inbox.add(received);
    if (takesIn) {
      received.processed().run();
    }
  }

  @Override
  public void connected(ValidatorId peer) {
    connected.add(peer);
  }

  @Override
  public void disconnected(ValidatorId peer) {
    connected.remove(peer);
  }

  /** Waits for what comes by itself. */
  static void eventually(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() throws IOException {
    peers.close();
  }
}
