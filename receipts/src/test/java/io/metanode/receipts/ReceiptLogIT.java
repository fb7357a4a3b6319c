package io.metanode.receipts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.tile.Checkpoint;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptLogIT {

  private static final ReceiptLog.Settings SMALL =
      new ReceiptLog.Settings(64 << 10, Duration.ofHours(1));

  @TempDir Path home;

  private ReceiptLog open() throws IOException {
    return ReceiptLog.open(
        home.resolve("receipts"),
        new KeyDirectory(home.resolve("keys"), new Gen(home.hashCode())),
        "test.example/receipts",
        new VirtualClock(),
        SMALL);
  }

  private static void append(ReceiptLog log, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      try (Reservation room = log.reserve()) {
        room.append(Steps.plain(i)).awaitDurable();
      }
    }
  }

  @Test
  void receiptsOutliveTheLogAcrossSegmentsAndTiles() throws Exception {
    long size = 0;
    for (int count : new int[] {1, 0, 255, 3, 600}) {
      try (ReceiptLog log = open()) {
        assertEquals(size, log.size());
        append(log, count);
        size += count;
        Checkpoint checkpoint = log.checkpointNow();
        assertEquals(size, checkpoint.size());
      }
    }
    assertTrue(Files.exists(home.resolve("receipts/tile/entries/002")));
    assertTrue(Files.notExists(home.resolve("receipts/journal/0000000001.journal")));
  }

  @Test
  void secondWriterIsKeptOut() throws Exception {
    try (ReceiptLog log = open()) {
      assertEquals(0, log.size());
      assertThrows(LockedLogException.class, this::open);
    }
  }

  @Test
  void rotationPassesToANewKeyThatTheNextOpenFinds() throws Exception {
    try (ReceiptLog log = open()) {
      append(log, 2);
      log.rotate(Actor.system("test"));
      append(log, 2);
    }
    try (ReceiptLog log = open()) {
      assertEquals(5, log.size());
      append(log, 1);
    }
    String keys = Files.readString(home.resolve("receipts/keys"));
    assertEquals(3, keys.lines().count(), keys);
    assertTrue(keys.contains("\n3 test.example/receipts+"), keys);
  }

  @Test
  void reservationHoldsOneReceipt() throws Exception {
    try (ReceiptLog log = open();
        Reservation room = log.reserve()) {
      room.append(Steps.plain(0)).awaitDurable();
      assertThrows(IllegalStateException.class, () -> room.append(Steps.plain(1)));
    }
  }
}
