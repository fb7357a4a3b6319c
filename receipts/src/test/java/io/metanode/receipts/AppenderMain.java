package io.metanode.receipts;

import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Appends from four threads, and prints the index of each receipt once it is durable. */
final class AppenderMain {

  private static final int THREADS = 4;

  private AppenderMain() {}

  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]);
    ReceiptLog log =
        ReceiptLog.open(
            home.resolve("receipts"),
            new KeyDirectory(home.resolve("keys"), new SystemRandomness()),
            TestLog.ORIGIN,
            SystemClock.INSTANCE,
            new ReceiptLog.Settings(64 << 10, Duration.ofMillis(20)));
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().start(() -> append(log, System.out));
    }
  }

  private static void append(ReceiptLog log, PrintStream out) {
    try {
      for (int i = 0; ; i++) {
        try (Reservation room = log.reserve()) {
          Appended appended = room.append(Steps.plain(i));
          appended.awaitDurable();
          out.println(appended.index());
        }
        if (i % 50 == 49) {
          log.rotate(Actor.system("test"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
