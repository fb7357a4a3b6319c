package io.metanode.receipts;

import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A log in a test's directory, with small segments, that publishes only when told. */
public final class TestLog {

  public static final String ORIGIN = "test.example/receipts";
  public static final ReceiptLog.Settings SMALL =
      new ReceiptLog.Settings(64 << 10, Duration.ofHours(1));

  private final Path home;

  public TestLog(Path home) {
    this.home = home;
  }

  public Path directory() {
    return home.resolve("receipts");
  }

  public Path verifierKeys() {
    return directory().resolve("log.vkey");
  }

  public KeyDirectory keys() {
    return new KeyDirectory(home.resolve("keys"), new Gen(System.identityHashCode(new Object())));
  }

  public ReceiptLog open() throws IOException {
    return ReceiptLog.open(directory(), keys(), ORIGIN, new VirtualClock(), SMALL);
  }

  /** Appends plain steps that become durable together. */
  public static void append(ReceiptLog log, int count) throws IOException {
    List<Appended> appended = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (Reservation room = log.reserve()) {
        appended.add(room.append(Steps.plain(i)));
      }
    }
    for (Appended receipt : appended) {
      receipt.awaitDurable();
    }
  }
}
