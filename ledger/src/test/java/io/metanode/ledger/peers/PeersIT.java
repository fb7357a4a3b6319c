package io.metanode.ledger.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Links over loopback, with friends and foes. */
final class PeersIT {

  private static final PeerLimits LIMITS =
      new PeerLimits(
          Duration.ofSeconds(30),
          64,
          Duration.ofSeconds(60),
          64L << 20,
          20_000,
          64L << 20,
          Duration.ofMillis(10),
          Duration.ofMillis(200));

  private static Frame vote(int... content) {
    byte[] payload = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      payload[i] = (byte) content[i];
    }
    return new Frame(Lane.CONSENSUS, payload);
  }

  private static Socket connect(TestPeer to) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), to.peers.address().getPort());
  }

  /** A connection with a proved key and a mind of its own. */
  private static SSLSocket intrude(TestPeer victim, PrivateKeySigner identity) throws Exception {
    return new PeerTls(identity, victim.key()::equals).handshake(connect(victim), true).socket();
  }

  @Test
  void fourPeersHaveOneLinkForEachPair() throws Exception {
    try (TestPeer a = TestPeer.of(1, LIMITS);
        TestPeer b = TestPeer.of(2, LIMITS);
        TestPeer c = TestPeer.of(3, LIMITS);
        TestPeer d = TestPeer.of(4, LIMITS)) {
      TestPeer[] all = {a, b, c, d};
      TestPeer.introduce(all);
      for (TestPeer peer : all) {
        TestPeer.eventually("all connected", () -> peer.connected.size() == 3);
      }
      for (TestPeer from : all) {
        for (TestPeer to : all) {
          if (from != to) {
            reaches(from, to);
          }
        }
        assertEquals(3, from.peers.status().size());
      }
    }
  }

  /** What is sent while one link takes another's place may be lost. */
  private static void reaches(TestPeer from, TestPeer to) {
    TestPeer.eventually(
        from.id() + " reaches " + to.id(),
        () -> {
          from.peers.send(to.id(), vote(7));
          return to.inbox.stream().anyMatch(received -> received.from().equals(from.id()));
        });
  }

  @Test
  void wrongKeyIsRefused() throws Exception {
    try (TestPeer victim = TestPeer.of(1, LIMITS);
        TestPeer friend = TestPeer.of(2, LIMITS)) {
      TestPeer.introduce(victim, friend);
      assertRefused(victim, TestPeer.identity(3));
      TestPeer.eventually("the friend is", () -> victim.connected.equals(Set.of(friend.id())));
    }
  }

  /** The refusal shows in the handshake or, since TLS 1.3 lets the client go first, after it. */
  private static void assertRefused(TestPeer victim, PrivateKeySigner identity) {
    assertThrows(IOException.class, () -> readAll(intrude(victim, identity)));
  }

  private static void readAll(SSLSocket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new IOException("closed");
    }
  }

  @Test
  void dialledPeerMustBeTheOneMeant() throws Exception {
    try (TestPeer a = TestPeer.of(1, LIMITS);
        TestPeer b = TestPeer.of(2, LIMITS);
        TestPeer c = TestPeer.of(3, LIMITS)) {
      // a is told that c's address is b's.
      a.peers.know(
          Set.of(a.key(), b.key(), c.key()),
          Map.of(c.id(), new PeerAddress("127.0.0.1", b.peers.address().getPort())));
      b.peers.know(Set.of(a.key(), b.key(), c.key()), Map.of());
      // Only b's own word makes a link of it; then a's attempts keep failing.
      b.peers.know(
          Set.of(a.key(), b.key()),
          Map.of(a.id(), new PeerAddress("127.0.0.1", a.peers.address().getPort())));
      TestPeer.eventually("b is linked", () -> a.connected.contains(b.id()));
      assertTrue(a.peers.status().stream().noneMatch(link -> link.peer().equals(c.id())));
    }
  }

  @Test
  void garbageBeforeTheHandshakeHarmsNobody() throws Exception {
    try (TestPeer victim = TestPeer.of(1, LIMITS);
        TestPeer friend = TestPeer.of(2, LIMITS);
        Socket stranger = connect(victim)) {
      stranger.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      TestPeer.introduce(victim, friend);
      friend.peers.status();
      TestPeer.eventually("friends are linked", () -> victim.connected.contains(friend.id()));
      assertTrue(stranger.getInputStream().readAllBytes().length < 100);
    }
  }

  @Test
  void silentHandshakesEndInTimeAndLeaveRoom() throws Exception {
    PeerLimits few =
        new PeerLimits(
            Duration.ofMillis(300),
            2,
            LIMITS.silence(),
            LIMITS.bytesPerSecond(),
            LIMITS.framesPerSecond(),
            LIMITS.unprocessed(),
            LIMITS.retryFirst(),
            LIMITS.retryMost());
    try (TestPeer victim = TestPeer.of(1, few);
        TestPeer friend = TestPeer.of(2, LIMITS);
        Socket one = connect(victim);
        Socket two = connect(victim);
        Socket three = connect(victim)) {
      assertEquals(-1, one.getInputStream().read());
      assertEquals(-1, two.getInputStream().read());
      assertEquals(-1, three.getInputStream().read());
      TestPeer.introduce(victim, friend);
      TestPeer.eventually("friends are linked", () -> victim.connected.contains(friend.id()));
    }
  }

  @Test
  void oversizedFrameEndsTheLinkAndTheFoeIsKeptAway() throws Exception {
    try (TestPeer victim = TestPeer.of(1, LIMITS)) {
      PrivateKeySigner foe = TestPeer.identity(2);
      victim.peers.know(Set.of(victim.key(), foe.publicKey()), Map.of());
      SSLSocket link = intrude(victim, foe);
      DataOutputStream out = new DataOutputStream(link.getOutputStream());
      out.writeByte(Lane.CONSENSUS.code());
      out.writeInt(Lane.CONSENSUS.maxFrame() + 1);
      out.flush();
      assertThrows(IOException.class, () -> readAll(link));
      TestPeer.eventually("unlinked", () -> victim.connected.isEmpty());
      assertRefused(victim, foe);
      assertTrue(victim.peers.status().isEmpty());
    }
  }

  @Test
  void slowReaderHoldsUpNobody() throws Exception {
    try (TestPeer victim = TestPeer.of(1, LIMITS);
        TestPeer friend = TestPeer.of(2, LIMITS)) {
      PrivateKeySigner slow = TestPeer.identity(3);
      TestPeer.introduce(victim, friend);
      victim.peers.know(Set.of(victim.key(), friend.key(), slow.publicKey()), Map.of());
      SSLSocket link = intrude(victim, slow);
      TestPeer.eventually("both are linked", () -> victim.connected.size() == 2);
      Frame large = new Frame(Lane.GOSSIP, new byte[Lane.GOSSIP.maxFrame()]);
      for (int i = 0; i < 64; i++) {
        victim.peers.broadcast(large);
      }
      victim.peers.broadcast(vote(42));
      Received first = friend.take();
      while (first.frame().lane() != Lane.CONSENSUS) {
        first = friend.take();
      }
      assertTrue(
          victim.peers.status().stream()
              .allMatch(status -> status.queuedBytes() <= Lane.GOSSIP.maxQueued() + 100));
      link.close();
    }
  }

  @Test
  void readerTooSlowForVotesLosesItsLink() throws Exception {
    try (TestPeer victim = TestPeer.of(1, LIMITS)) {
      PrivateKeySigner slow = TestPeer.identity(3);
      victim.peers.know(Set.of(victim.key(), slow.publicKey()), Map.of());
      SSLSocket link = intrude(victim, slow);
      TestPeer.eventually("linked", () -> victim.connected.size() == 1);
      Frame large = new Frame(Lane.CONSENSUS, new byte[Lane.CONSENSUS.maxFrame()]);
      TestPeer.eventually(
          "unlinked",
          () -> {
            victim.peers.broadcast(large);
            return victim.connected.isEmpty();
          });
      link.close();
    }
  }

  @Test
  void floodWaitsAtItsSender() throws Exception {
    long room = 1 << 20;
    PeerLimits tight =
        new PeerLimits(
            LIMITS.handshake(),
            LIMITS.handshakes(),
            LIMITS.silence(),
            LIMITS.bytesPerSecond(),
            LIMITS.framesPerSecond(),
            room,
            LIMITS.retryFirst(),
            LIMITS.retryMost());
    try (TestPeer victim = TestPeer.of(1, tight);
        TestPeer friend = TestPeer.of(2, LIMITS)) {
      PrivateKeySigner foe = TestPeer.identity(3);
      TestPeer.introduce(victim, friend);
      victim.peers.know(Set.of(victim.key(), friend.key(), foe.publicKey()), Map.of());
      victim.takesIn = false;
      SSLSocket link = intrude(victim, foe);
      TestPeer.eventually("both are linked", () -> victim.connected.size() == 2);
      Thread flood = Thread.ofVirtual().start(() -> flood(link));
      int length = 1000 + Frame.HEAD;
      TestPeer.eventually(
          "the foe's room is used up", () -> victim.inbox.size() * (long) length > room - length);
      friend.peers.send(victim.id(), vote(1));
      TestPeer.eventually(
          "the friend is heard",
          () -> victim.inbox.stream().anyMatch(r -> r.from().equals(friend.id())));
      long held = victim.inbox.stream().filter(r -> !r.from().equals(friend.id())).count();
      assertTrue(held * length <= room, held + " frames of the foe");
      link.setSoLinger(true, 0); // else closing waits for the write that waits for the victim
      link.close();
      flood.join();
    }
  }

  private static void flood(SSLSocket link) {
    try {
      OutputStream out = link.getOutputStream();
      FrameOutput frames = new FrameOutput(out);
      while (true) {
        frames.write(new Frame(Lane.GOSSIP, new byte[1000]));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void halfOpenLinkIsGivenUp() throws Exception {
    PeerLimits brief =
        new PeerLimits(
            LIMITS.handshake(),
            LIMITS.handshakes(),
            Duration.ofMillis(500),
            LIMITS.bytesPerSecond(),
            LIMITS.framesPerSecond(),
            LIMITS.unprocessed(),
            LIMITS.retryFirst(),
            LIMITS.retryMost());
    try (TestPeer victim = TestPeer.of(1, brief)) {
      PrivateKeySigner mute = TestPeer.identity(2);
      victim.peers.know(Set.of(victim.key(), mute.publicKey()), Map.of());
      SSLSocket link = intrude(victim, mute);
      TestPeer.eventually("unlinked", () -> victim.peers.status().isEmpty());
      link.close();
    }
  }

  @RepeatedTest(50)
  void peersThatComeBackAreLinkedAgain() throws Exception {
    try (TestPeer stays = TestPeer.of(1, LIMITS)) {
      TestPeer goes = TestPeer.of(2, LIMITS);
      int port = goes.peers.address().getPort();
      TestPeer.introduce(stays, goes);
      TestPeer.eventually("linked", () -> stays.connected.contains(goes.id()));
      goes.close();
      TestPeer.eventually("unlinked", () -> stays.connected.isEmpty());
      try (TestPeer back = new TestPeer(goes.identity, port, LIMITS)) {
        TestPeer.introduce(stays, back);
        TestPeer.eventually("linked again", () -> stays.connected.contains(back.id()));
        reaches(stays, back);
      }
    }
  }

  @Test
  void removedPeerLosesItsLink() throws Exception {
    try (TestPeer a = TestPeer.of(1, LIMITS);
        TestPeer b = TestPeer.of(2, LIMITS)) {
      TestPeer.introduce(a, b);
      TestPeer.eventually("linked", () -> a.connected.contains(b.id()));
      a.peers.know(Set.of(a.key()), Map.of());
      TestPeer.eventually("unlinked", () -> a.connected.isEmpty());
      assertRefused(a, b.identity);
    }
  }
}
