package io.metanode.cli.receipts;

import io.metanode.cli.SampleStep;
import io.metanode.cli.ScratchFolder;
import io.metanode.crypto.Ed25519;
import io.metanode.foundation.Clock;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.ReceiptSink.Reservation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Durable receipts a second: clients in a closed loop that reserve, append and wait until the
 * receipt is durable, against the real log on a real disk (docs/guides/benchmarks.md).
 */
@Command(name = "receipts", description = "Measure durable receipts a second.")
public final class ReceiptsBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MOST_NANOS = Duration.ofSeconds(60).toNanos();

  @Option(
      names = {"--dir", "--directory"},
      description = "where the log is written, then deleted (default /var/tmp)")
  Path parent = Path.of("/var/tmp");

  @Option(names = "--clients", split = ",", description = "clients at once (default 1,16)")
  int[] clients = {1, 16};

  @Option(names = "--seconds", description = "for how long each is measured (default 5)")
  int seconds = 5;

  @Option(names = "--warm-up", description = "seconds before that (default 3)")
  int warmUp = 3;

  @Spec CommandSpec spec = CommandSpec.create();

  private final Clock clock = SystemClock.INSTANCE;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (ScratchFolder folder = ScratchFolder.in(parent, "mnreceipts")) {
      out.println(measure(folder.path(), out));
      out.flush();
    }
    return 0;
  }

  private ObjectNode measure(Path directory, PrintWriter out) throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("bench", "receipts")
            .put("signatures", Ed25519.provider())
            .put("seconds", seconds)
            .put("cpus", Runtime.getRuntime().availableProcessors());
    try (ReceiptLog log =
        ReceiptLog.open(
            directory.resolve("receipts"),
            new KeyDirectory(directory.resolve("keys"), new SystemRandomness()),
            "bench.example/receipts",
            clock)) {
      for (int count : clients) {
        load(log, count, warmUp);
        long begun = clock.monotonicNanos();
        Duration cpu = cpu();
        Histogram latency = load(log, count, seconds);
        double rate = latency.getTotalCount() * 1e9 / (clock.monotonicNanos() - begun);
        long cpuNanos = cpu().minus(cpu).toNanos() / Math.max(1, latency.getTotalCount());
        out.printf(
            Locale.ROOT,
            "%2d clients: %.0f durable receipts/s, %.1f µs of processor time each, p50 %.2f ms,"
                + " p99 %.2f ms%n",
            count,
            rate,
            cpuNanos / 1e3,
            latency.getValueAtPercentile(50) / 1e6,
            latency.getValueAtPercentile(99) / 1e6);
        out.flush();
        json.set(
            "clients" + count,
            JSON.createObjectNode()
                .put("receiptsPerSecond", Math.round(rate))
                .put("cpuMicros", cpuNanos / 1_000)
                .put("p50Micros", latency.getValueAtPercentile(50) / 1_000)
                .put("p99Micros", latency.getValueAtPercentile(99) / 1_000)
                .put("maxMicros", latency.getMaxValue() / 1_000));
      }
      json.put("receipts", log.size());
      json.put("published", log.checkpointNow());
    }
    return json;
  }

  /** Processor time of this process so far. */
  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private Histogram load(ReceiptLog log, int count, int duration) throws IOException {
    long until = clock.monotonicNanos() + Duration.ofSeconds(duration).toNanos();
    Histogram all = new Histogram(MOST_NANOS, 3);
    // As in a node, where each connection is a virtual thread.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Histogram>> clientsRunning = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int client = i;
        clientsRunning.add(threads.submit(() -> client(log, client, until)));
      }
      for (Future<Histogram> running : clientsRunning) {
        all.add(running.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("a client failed: " + e.getCause(), e);
    }
    return all;
  }

  private Histogram client(ReceiptLog log, int client, long until) throws IOException {
    Histogram latency = new Histogram(MOST_NANOS, 3);
    long begun = clock.monotonicNanos();
    while (begun < until) {
      try (Reservation room = log.reserve()) {
        room.append(SampleStep.of(client, clock.now())).awaitDurable();
      }
      long ended = clock.monotonicNanos();
      latency.recordValue(Math.min(MOST_NANOS, ended - begun));
      begun = ended;
    }
    return latency;
  }
}
