package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerClient;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Four validators in namespaces of their own, under load: cut off, killed, out of disk, wiped. What
 * one of them called final is final on all of them at the end, and they go on at a rate.
 */
final class LedgerNetworkIT {

  private static final int KILLS = 3;
  private static final Duration WHILE = Duration.ofSeconds(5);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private LedgerNet net = new LedgerNet(Path.of("/nonexistent"));
  private final List<LedgerSender> senders = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    TestNode.assumeRootAnd("ip", "mount");
    List<PrivateKeySigner> keys =
        IntStream.range(0, 4)
            .mapToObj(_ -> PrivateKeySigner.generate(new SystemRandomness()))
            .toList();
    net = new LedgerNet(folder);
    net.make(keys, SystemClock.INSTANCE, new SystemRandomness());
    for (int i = 0; i < LedgerNet.SIZE; i++) {
      net.start(i);
    }
    for (int i = 0; i < LedgerNet.SIZE; i++) {
      int validator = i;
      Eventually.holds("validator " + i + " answers", () -> net.height(validator) >= 0);
    }
    for (int i = 0; i < keys.size(); i++) {
      LedgerSender sender = new LedgerSender(net, keys.get(i), i % LedgerNet.SIZE);
      senders.add(sender);
      threads.add(Thread.ofPlatform().start(sender));
    }
  }

  @AfterEach
  void stop() throws Exception {
    halt();
    net.close();
  }

  private void halt() throws InterruptedException {
    senders.forEach(LedgerSender::stop);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    everySenderGoesOn("four validators");
    long before = acknowledgedInAWhile();

    net.connect(3, false);
    everySenderGoesOn("one is cut off");
    net.connect(2, false);
    long stuck = blocksBehindPartition();
    net.connect(2, true);
    net.connect(3, true);
    everySenderGoesOn("the partition is over, after block " + stuck);
    caughtUp(3);

    for (int i = 0; i < KILLS; i++) {
      int leader = net.leader(i % LedgerNet.SIZE);
      int killed = leader < 0 ? 0 : leader;
      net.kill(killed);
      everySenderGoesOn("leader " + killed + " is killed");
      net.start(killed);
      caughtUp(killed);
    }

    diskIsFullForAWhile();

    net.kill(1);
    net.wipe(1);
    net.start(1);
    caughtUp(1);
    everySenderGoesOn("validator 1 was wiped");

    Eventually.holds(
        "half of the " + before + " transactions in " + WHILE + " of before",
        this::standing,
        () -> acknowledgedInAWhile() >= Math.max(1, before / 2));
    halt();
    allHoldWhatWasAcknowledged();
  }

  private long acknowledgedInAWhile() {
    long count = acknowledged();
    LockSupport.parkNanos(WHILE.toNanos());
    return acknowledged() - count;
  }

  private long acknowledged() {
    return senders.stream().mapToLong(s -> s.acknowledged().size()).sum();
  }

  /** A validator without room stops and says so; it says so again until there is room. */
  private void diskIsFullForAWhile() throws Exception {
    int full = LedgerNet.SMALL;
    endsForWantOfRoom(full);
    everySenderGoesOn("validator " + full + " has no room and is down");
    net.start(full);
    endsForWantOfRoom(full);
    net.makeRoom();
    net.start(full);
    caughtUp(full);
    everySenderGoesOn("validator " + full + " has room again");
  }

  private void endsForWantOfRoom(int validator) throws Exception {
    Eventually.equal(
        "it ends",
        Optional.of(1),
        () -> {
          net.fill();
          return net.ended(validator);
        });
    String log = net.log(validator);
    assertTrue(log.contains("No space left on device"), log);
  }

  /** Two of four decide nothing: their height stays for as long as two round timeouts. */
  private long blocksBehindPartition() throws Exception {
    long[] seen = {net.height(0), System.nanoTime()};
    Eventually.holds(
        "no block without a quorum",
        () -> {
          long now = net.height(0);
          if (now != seen[0]) {
            seen[0] = now;
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > 4_000_000_000L;
        });
    return seen[0];
  }

  private void everySenderGoesOn(String when) throws Exception {
    List<Integer> before = senders.stream().map(s -> s.acknowledged().size()).toList();
    Eventually.holds(
        "transactions become final while " + when,
        this::standing,
        () ->
            IntStream.range(0, senders.size())
                .allMatch(i -> senders.get(i).acknowledged().size() >= before.get(i) + 3));
  }

  private String standing() {
    List<String> lines = new ArrayList<>(senders.stream().map(LedgerSender::standing).toList());
    for (int i = 0; i < LedgerNet.SIZE; i++) {
      lines.add("validator " + i + ": " + net.status(i));
    }
    return String.join("\n", lines);
  }

  private void caughtUp(int validator) throws Exception {
    Eventually.holds(
        "validator " + validator + " catches up",
        this::standing,
        () -> {
          long best = 0;
          for (int i = 0; i < LedgerNet.SIZE; i++) {
            best = Math.max(best, net.height(i));
          }
          return net.height(validator) >= best - 2;
        });
  }

  private void allHoldWhatWasAcknowledged() throws Exception {
    for (int i = 0; i < LedgerNet.SIZE; i++) {
      caughtUp(i);
    }
    List<String> all = senders.stream().flatMap(s -> s.acknowledged().stream()).toList();
    assertTrue(all.size() > 20, all.size() + " acknowledged");
    for (int i = 0; i < LedgerNet.SIZE; i++) {
      try (LedgerClient client = net.client(i)) {
        // The one that was wiped may have begun from a snapshot, without the blocks before it.
        for (String id : i == 1 ? all.subList(all.size() - 1, all.size()) : all) {
          holds(client, id, i);
        }
        JsonNode account = client.get("/v1/accounts/" + "0".repeat(63) + "1");
        assertTrue(account.required("amounts").required("NEX").asLong() >= all.size());
      }
    }
    long common = IntStream.range(0, LedgerNet.SIZE).mapToLong(net::height).min().orElseThrow();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < LedgerNet.SIZE; i++) {
      try (LedgerClient client = net.client(i)) {
        ids.add(client.get("/v1/blocks/" + common).required("id").asString());
      }
    }
    assertEquals(1, ids.stream().distinct().count(), () -> "they differ: " + ids);
  }

  private static void holds(LedgerClient client, String id, int validator) throws IOException {
    JsonNode answer = client.get("/v1/transactions/" + id);
    assertEquals("OK", answer.required("result").asString(), "at validator " + validator);
  }
}
