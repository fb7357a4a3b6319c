package io.metanode.receipts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.MerkleHash;
import io.metanode.foundation.Digest;
import io.metanode.receipts.CrashDisk.Action;
import io.metanode.receipts.CrashDisk.Kind;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stops the machine at every action of a history and at every byte of its last writes, and opens
 * the log again: no acknowledged receipt is lost, and the log goes on.
 */
class CrashAtEveryByteTest {

  private static final Path DIRECTORY = Path.of("/log");
  private static final int CLOSELY = 150;
  private static final int STRIDE = 11;

  private final MemoryKeys keys = new MemoryKeys(7);
  private final CrashDisk disk = new CrashDisk();
  private LogReader whole = emptyLog();

  private static LogReader emptyLog() {
    try {
      CrashDisk disk = new CrashDisk();
      open(disk, new MemoryKeys(1)).close();
      return read(disk);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ReceiptLog open(CrashDisk disk, MemoryKeys keys) throws IOException {
    return ReceiptLog.open(
        () -> {}, disk, DIRECTORY, keys, TestLog.ORIGIN, new VirtualClock(), TestLog.SMALL);
  }

  private static LogReader read(CrashDisk disk) throws IOException {
    return LogReader.open(new LogFiles(disk, DIRECTORY), 1);
  }

  private void append(ReceiptLog log, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (Reservation room = log.reserve()) {
        room.append(Steps.plain(i)).awaitDurable();
        disk.acknowledged();
      }
    }
  }

  /** Full tiles, dropped segments, a rotation, a close and a second start. */
  @BeforeEach
  void history() throws IOException {
    try (ReceiptLog log = open(disk, keys)) {
      append(log, 260);
      log.checkpointNow();
      append(log, 5);
    }
    try (ReceiptLog log = open(disk, keys)) {
      append(log, 2);
      log.rotate(Actor.system("test"));
      disk.acknowledged();
      log.checkpointNow();
      append(log, 3);
    }
    whole = read(disk);
    assertEquals(271, whole.size());
    assertTrue(disk.actions().stream().anyMatch(CrashAtEveryByteTest::dropsSegment));
  }

  private static boolean dropsSegment(Action action) {
    return action.kind() == Kind.DELETE && action.file().toString().endsWith(".journal");
  }

  private void assertNothingLost(int at, int bytes, @Nullable Gen lossy) throws IOException {
    CrashDisk crashed = disk.crashed(at, bytes, lossy);
    long acknowledged = disk.acknowledgedBefore(at);
    try (ReceiptLog log = open(crashed, keys)) {
      long size = log.size();
      assertTrue(size >= acknowledged, size + " of " + acknowledged + " acknowledged");
      assertTrue(size <= acknowledged + 1, size + " receipts, " + acknowledged + " acknowledged");
      try (Reservation room = log.reserve()) {
        assertEquals(size, room.append(Steps.plain(0)).index());
      }
    }
    LogFiles files = new LogFiles(crashed, DIRECTORY);
    assertTrue(files.hasVerifierKeys(files.keys().orElseThrow()), "log.vkey is behind keys");
    LogReader after = read(crashed);
    assertEquals(after.published(), after.size());
    for (long i = Math.max(0, acknowledged - 20); i < acknowledged; i++) {
      assertArrayEquals(whole.entry(i), after.entry(i));
    }
    for (long i = Math.max(1, acknowledged - 20); i < after.size(); i++) {
      Digest previous = Digest.ofBytes(MerkleHash.leaf(after.entry(i - 1)));
      assertEquals(previous, after.receipt(i).previous());
    }
  }

  @Test
  void atEveryActionOfTheLastOnesAndSomeBefore() throws Exception {
    int count = disk.actions().size();
    for (int at = 0; at < count; at += at < count - CLOSELY ? STRIDE : 1) {
      assertNothingLost(at, 0, null);
    }
  }

  @Test
  void atEveryByteOfTheLastWrite() throws Exception {
    List<Action> actions = disk.actions();
    int at = actions.size() - 1;
    while (actions.get(at).kind() != Kind.WRITE) {
      at--;
    }
    for (int bytes = 0; bytes <= actions.get(at).bytes().length; bytes++) {
      assertNothingLost(at, bytes, null);
    }
  }

  @Test
  void whenThePowerFailsAndWhatWasNotDurableIsLostInPart() {
    List<Action> actions = disk.actions();
    Property.check(
        "power failure",
        200,
        gen -> {
          int at = gen.intBetween(0, actions.size() - 1);
          int bytes = gen.intBetween(0, actions.get(at).bytes().length);
          assertNothingLost(at, bytes, gen);
        });
  }
}
