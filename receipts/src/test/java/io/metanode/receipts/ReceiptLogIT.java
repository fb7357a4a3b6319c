package io.metanode.receipts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.StatementReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptLogIT {

  @TempDir Path home;

  private TestLog test = new TestLog(Path.of("."));

  @BeforeEach
  void place() {
    test = new TestLog(home);
  }

  @Test
  void receiptsOutliveTheLogAcrossSegmentsAndTiles() throws Exception {
    long size = 0;
    for (int count : new int[] {1, 0, 255, 3, 600}) {
      try (ReceiptLog log = test.open()) {
        assertEquals(size, log.size());
        TestLog.append(log, count);
        size += count;
        assertEquals(size, log.checkpointNow());
      }
    }
    assertTrue(Files.exists(test.directory().resolve("tile/entries/002")));
    assertTrue(Files.notExists(test.directory().resolve("journal/0000000001.journal")));
    LogReader reader = LogReader.open(test.directory());
    for (long i = 0; i < size; i++) {
      assertEquals(i, StatementReader.read(Envelope.read(reader.entry(i)).payload()).sequence());
    }
  }

  @Test
  void durableReceiptIsReadBeforeItIsPublished() throws Exception {
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 3);
      LogReader before = LogReader.open(test.directory());
      assertEquals(0, before.published());
      assertEquals(3, before.size());
      assertThrows(IOException.class, () -> before.proof(2));
      log.checkpointNow();
      LogReader after = LogReader.open(test.directory());
      assertEquals(3, after.published());
      assertArrayEquals(before.entry(2), after.entry(2));
      assertTrue(after.proof(2).contains("\nindex 2\n"));
    }
  }

  @Test
  void whatWasReceiptedSinceAMomentIsFound() throws Exception {
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 300);
      log.checkpointNow();
      assertEquals(
          List.of(Steps.plain(298), Steps.plain(299)), log.since(Steps.plain(298).finishedAt()));
    }
  }

  @Test
  void whatCameALittleLaterToTheLogThanOthersIsFound() throws Exception {
    try (ReceiptLog log = test.open()) {
      Step before = finished(Duration.ofSeconds(-11));
      Step sought = finished(Duration.ofSeconds(20));
      Step overtaken = finished(Duration.ofSeconds(11));
      for (Step step : List.of(finished(Duration.ofSeconds(21)), before, sought, overtaken)) {
        log.reserve().append(step).awaitDurable();
      }
      assertEquals(List.of(sought), log.since(sought.finishedAt()));
      assertTrue(log.have(sought.finishedAt(), sought::equals));
      assertFalse(log.have(sought.finishedAt(), overtaken::equals));
    }
  }

  private static Step finished(Duration later) {
    Step step = Steps.plain(0);
    return new Step(
        step.actor(),
        step.operation(),
        step.subjects(),
        step.arguments(),
        step.verdict(),
        step.outcome(),
        step.startedAt(),
        step.finishedAt().plus(later),
        step.usage());
  }

  @Test
  void secondWriterIsKeptOut() throws Exception {
    try (ReceiptLog log = test.open()) {
      assertEquals(0, log.size());
      assertThrows(LockedLogException.class, test::open);
    }
  }

  @Test
  void rotationPassesToANewKeyThatTheNextOpenFinds() throws Exception {
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 2);
      log.rotate(Actor.system("test"));
      TestLog.append(log, 2);
    }
    try (ReceiptLog log = test.open()) {
      assertEquals(5, log.size());
      TestLog.append(log, 1);
    }
    String keys = Files.readString(test.directory().resolve("keys"));
    assertEquals(3, keys.lines().count(), keys);
    assertTrue(keys.contains("\n3 test.example/receipts+"), keys);
  }

  @Test
  void reservationHoldsOneReceipt() throws Exception {
    try (ReceiptLog log = test.open();
        Reservation room = log.reserve()) {
      room.append(Steps.plain(0)).awaitDurable();
      assertThrows(IllegalStateException.class, () -> room.append(Steps.plain(1)));
    }
  }

  @Test
  void closedLogRefusesWork() throws Exception {
    ReceiptLog log = test.open();
    log.close();
    assertThrows(IOException.class, log::reserve);
  }

  private void assertRefused(String file, UnaryOperator<String> change) throws IOException {
    Path path = test.directory().resolve(file);
    String before = Files.readString(path);
    Files.writeString(path, change.apply(before));
    IOException refused = assertThrows(DamagedLogException.class, () -> test.open().close());
    assertTrue(String.valueOf(refused.getMessage()).startsWith(file), refused.getMessage());
    Files.writeString(path, before);
  }

  @Test
  void alteredCheckpointOrMissingKeysAreNotWrittenOver() throws Exception {
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 300);
    }
    assertRefused("checkpoint", text -> text.replace("\n300\n", "\n30\n"));
    assertRefused("checkpoint", text -> text.substring(0, text.length() - 1));
    assertRefused("checkpoint", text -> text.substring(0, text.lastIndexOf('\u2014')));
    Path keys = test.directory().resolve("keys");
    String before = Files.readString(keys);
    Files.delete(keys);
    IOException refused = assertThrows(DamagedLogException.class, test::open);
    assertEquals("keys: missing; put it back from a backup", refused.getMessage());
    Files.writeString(keys, before);
    test.open().close();
  }

  @Test
  void entriesAreNotBegunAnewWhereCheckpointAndJournalAreGone() throws Exception {
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 3);
    }
    Files.delete(test.directory().resolve("checkpoint"));
    Files.delete(test.directory().resolve("journal/0000000001.journal"));
    assertThrows(DamagedLogException.class, test::open);
  }

  @Test
  void keysInForceAreWrittenAgainAfterARotationThatACrashCutOff() throws Exception {
    try (ReceiptLog log = test.open()) {
      String before = Files.readString(test.verifierKeys());
      log.rotate(Actor.system("test"));
      Files.writeString(test.verifierKeys(), before);
    }
    test.open().close();
    PrintStream out = System.out;
    assertEquals(0, ReceiptVerifier.verifyLog(test.directory(), test.verifierKeys(), out, out));
  }
}
