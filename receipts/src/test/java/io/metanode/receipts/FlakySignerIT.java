package io.metanode.receipts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that does not sign for a while: no work is taken, and what was done gets its receipt. */
final class FlakySignerIT {

  @TempDir Path directory;

  private final FlakySigner key = new FlakySigner(PrivateKeySigner.generate(new Gen(3)));

  private ReceiptLog open() throws IOException {
    return ReceiptLog.open(
        directory, SigningKeys.of(key), TestLog.ORIGIN, new VirtualClock(), TestLog.SMALL);
  }

  private void expect(List<Integer> numbers) throws IOException {
    LogReader reader = LogReader.open(directory);
    List<Integer> found = new ArrayList<>();
    for (long index = 0; index < reader.size(); index++) {
      assertEquals(index, reader.receipt(index).sequence());
      String name = reader.receipt(index).step().subjects().getFirst().name();
      found.add(Integer.valueOf(name.substring("container/".length())));
    }
    assertEquals(numbers, found);
  }

  @Test
  void whatWasDoneIsReceiptedOnceTheKeySignsAgain() throws Exception {
    try (ReceiptLog log = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestLog.append(log, 1);
      Reservation first = log.reserve();
      Reservation second = log.reserve();
      key.failing(true);
      Appended one = first.append(Steps.plain(1));
      Appended two = second.append(Steps.plain(2));
      IOException refused = assertThrows(IOException.class, log::reserve);
      assertTrue(String.valueOf(refused.getMessage()).contains("pulled out"));
      Future<Void> durable =
          threads.submit(
              () -> {
                one.awaitDurable();
                two.awaitDurable();
                return null;
              });
      assertFalse(durable.isDone());
      key.failing(false);
      durable.get();
      try (Reservation third = log.reserve()) {
        third.append(Steps.plain(3)).awaitDurable();
      }
    }
    expect(List.of(0, 1, 2, 3));
    open().close();
  }

  @Test
  void aLogThatClosesWhileItsKeyFailsSaysSoAndOpensAgain() throws IOException {
    ReceiptLog log = open();
    TestLog.append(log, 2);
    Reservation room = log.reserve();
    key.failing(true);
    Appended lost = room.append(Steps.plain(2));
    assertThrows(IOException.class, log::close);
    assertThrows(IOException.class, lost::awaitDurable);
    key.failing(false);
    expect(List.of(0, 1));
    try (ReceiptLog again = open()) {
      TestLog.append(again, 1);
    }
    expect(List.of(0, 1, 0));
  }

  @Test
  void manyThreadsAndAKeyThatFailsNowAndThen() throws Exception {
    Gen gen = new Gen(5);
    try (ReceiptLog log = open();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(threads.submit(() -> append(log, 20)));
      }
      while (running.stream().anyMatch(each -> !each.isDone())) {
        key.failing(gen.oneIn(100));
      }
      key.failing(false);
      int appended = 0;
      for (Future<Integer> each : running) {
        appended += each.get();
      }
      assertEquals(appended, log.size());
    }
    assertEquals(160, LogReader.open(directory).size());
    open().close();
  }

  private static int append(ReceiptLog log, int count) throws IOException {
    int appended = 0;
    while (appended < count) {
      try (Reservation room = log.reserve()) {
        room.append(Steps.plain(appended)).awaitDurable();
        appended++;
      } catch (IOException notNow) {
        assertTrue(String.valueOf(notNow.getMessage()).contains("signed now"), notNow.toString());
        Thread.onSpinWait();
      }
    }
    return appended;
  }
}
