package io.metanode.receipts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage that is kept as receipts are appended is what the receipts say. */
final class RecentUsageIT {

  private static final Actor OWNER = new Actor("unix", "root", OptionalLong.of(0));

  @TempDir Path directory;
  private int run;

  @Test
  void sumsAreThoseOfTheReceipts() {
    Property.check("recent usage", 8, this::check);
  }

  private void check(Gen gen) throws IOException {
    TestLog test = new TestLog(Files.createDirectories(directory.resolve("run" + run++)));
    ReceiptLog log = test.open();
    try {
      for (int round = 0; round < 6; round++) {
        append(log, gen);
        switch (gen.intBetween(0, 4)) {
          case 0 -> {
            log.close();
            log = test.open();
          }
          case 1 -> log.rotate(OWNER);
          case 2 -> log.recentUsage().forgetBefore(gen.between(0, log.size()));
          default -> {}
        }
        log.checkpointNow();
        compare(test.directory(), log.recentUsage(), gen);
      }
    } finally {
      log.close();
    }
  }

  private static void append(ReceiptLog log, Gen gen) throws IOException {
    List<Appended> appended = new ArrayList<>();
    for (int i = gen.intBetween(1, 200); i > 0; i--) {
      try (Reservation room = log.reserve()) {
        appended.add(room.append(Steps.any(gen)));
      }
    }
    for (Appended receipt : appended) {
      receipt.awaitDurable();
    }
  }

  /** Spans of any beginning and length; a sum beyond 63 bits ends both at the same receipt. */
  private static void compare(Path log, RecentUsage recent, Gen gen) throws IOException {
    long size = PublishedLog.open(log).size();
    for (int i = 0; i < 20; i++) {
      long from = gen.between(0, size - 1);
      long most = gen.between(1, size);
      LogSpan kept = PublishedLog.open(log, recent).span(0, from, most);
      LogSpan read = PublishedLog.open(log).span(0, from, most);
      assertEquals(read.to(), kept.to());
      assertEquals(read.usage(), kept.usage());
    }
  }

  @Test
  void theOldestAreForgottenBeyondTheBound() {
    RecentUsage recent = new RecentUsage(5);
    for (int i = 0; i < RecentUsage.MOST + 3; i++) {
      recent.add(new Usage(i, 0, 0, 0, 0));
    }
    assertNull(recent.of(7));
    assertEquals(new Usage(3, 0, 0, 0, 0), recent.of(8));
    assertEquals(new Usage(RecentUsage.MOST + 2, 0, 0, 0, 0), recent.of(RecentUsage.MOST + 7));
    assertNull(recent.of(RecentUsage.MOST + 8));
    recent.forgetBefore(RecentUsage.MOST + 7);
    assertNull(recent.of(RecentUsage.MOST + 6));
    assertNotNull(recent.of(RecentUsage.MOST + 7));
    recent.forgetBefore(Long.MAX_VALUE);
    assertNull(recent.of(RecentUsage.MOST + 7));
  }
}
