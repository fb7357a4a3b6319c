package io.metanode.node.logblocks;

import io.metanode.cli.SampleStep;
import io.metanode.foundation.Clock;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Clients that receipt one operation after another, and when each receipt became final. */
final class PipelineLoad {

  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
  private static final int MOST_MILLIS = 600_000;

  private final ReceiptLog log;
  private final Clock clock;
  private final int clients;

  /** When operations began whose receipts are not final yet, by index. */
  private final Map<Long, Long> begun = new ConcurrentHashMap<>();

  PipelineLoad(ReceiptLog log, Clock clock, int clients) {
    this.log = log;
    this.clock = clock;
    this.clients = clients;
  }

  /** What makes receipts final. */
  interface Finality {

    /** The receipts that are final now; empty if no more became so. */
    Optional<Long> step() throws IOException;
  }

  /**
   * What was measured.
   *
   * @param perSecond receipts that became final
   * @param p50Millis from the beginning of the operation to its receipt's finality
   */
  record Measured(long perSecond, long p50Millis, long p99Millis, long maxMillis) {}

  /** Measures for a while, and goes on until all receipts are final. */
  Measured run(Duration warmUp, Duration measured, Finality finality) throws IOException {
    long from = clock.monotonicNanos() + warmUp.toNanos();
    long until = from + measured.toNanos();
    Histogram millis = new Histogram(MOST_MILLIS, 3);
    long inTime = 0;
    long done = 0;
    List<Future<Void>> running = new ArrayList<>();
    // As in a node, where each connection is a virtual thread.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        int client = i;
        running.add(threads.submit(() -> client(client, until)));
      }
      while (clock.monotonicNanos() < until || done < log.size()) {
        Optional<Long> size = finality.step();
        if (size.isEmpty()) {
          LockSupport.parkNanos(LOOK_NANOS);
          continue;
        }
        long now = clock.monotonicNanos();
        boolean counts = now >= from && now < until;
        for (; done < size.get(); done++) {
          Long start = begun.remove(done);
          if (counts && start != null) {
            millis.recordValue(Math.min(MOST_MILLIS, (now - start) / 1_000_000));
            inTime++;
          }
        }
      }
    }
    for (Future<Void> client : running) {
      join(client);
    }
    return new Measured(
        inTime / Math.max(1, measured.toSeconds()),
        millis.getValueAtPercentile(50),
        millis.getValueAtPercentile(99),
        millis.getMaxValue());
  }

  private static void join(Future<Void> client) throws IOException {
    try {
      client.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("a client failed: " + e.getCause(), e);
    }
  }

  private Void client(int client, long until) throws IOException {
    for (long now = clock.monotonicNanos(); now < until; now = clock.monotonicNanos()) {
      try (Reservation room = log.reserve()) {
        Appended appended = room.append(SampleStep.of(client, clock.now()));
        begun.put(appended.index(), now);
        appended.awaitDurable();
      }
    }
    return null;
  }
}
