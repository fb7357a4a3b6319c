package io.metanode.node.logblocks;

import io.metanode.cli.CommandException;
import io.metanode.cli.Program;
import io.metanode.cli.ScratchFolder;
import io.metanode.cli.ValidatorFacts;
import io.metanode.cli.Waiting;
import io.metanode.crypto.KeyFile;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LogLedger;
import io.metanode.ledger.LogStanding;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.ReceiptLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Receipts a second from the operation to finality: clients in a closed loop that append to a log
 * and wait until that is durable, while its LogBlocks become final on validators that are processes
 * of their own (docs/guides/benchmarks.md).
 */
@Command(
    name = "pipeline",
    description = "Receipts a second from the operation to finality, and how long that takes.")
public final class PipelineBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ORIGIN = "bench.example/receipts";

  @Option(names = "--validators", description = "how many", defaultValue = "1")
  int validators = 1;

  @Option(names = "--clients", description = "at once", defaultValue = "16")
  int clients = 16;

  @Option(names = "--warm-up", description = "seconds before that", defaultValue = "10")
  int warmUp = 10;

  @Option(names = "--seconds", description = "measured", defaultValue = "30")
  int seconds = 30;

  @Option(
      names = "--dir",
      description = "where log and ledger are written, then deleted",
      defaultValue = "/var/tmp")
  Path parent = Path.of("/var/tmp");

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (ScratchFolder folder = ScratchFolder.in(parent, "mnpipeline")) {
      Process network = network(folder.path());
      try {
        PrintWriter out = spec.commandLine().getOut();
        out.println(measure(folder.path(), out));
        out.flush();
      } finally {
        end(network);
      }
    }
    return 0;
  }

  private Process network(Path folder) throws IOException {
    String launcher = System.getProperty("metanode.launcher");
    if (launcher == null) {
      throw new CommandException("start the bench by ./metanode");
    }
    return Program.of(launcher)
        .start(
            folder.resolve("localnet.out"),
            "ledger",
            "localnet",
            "--dir",
            folder.resolve("net").toString(),
            "--validators",
            Integer.toString(validators));
  }

  /** Stops the validators in order; they are its children. */
  private static void end(Process network) {
    network.destroy();
    try {
      if (!network.waitFor(20, TimeUnit.SECONDS)) {
        network.destroyForcibly();
      }
    } catch (InterruptedException e) {
      network.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static LedgerHome home(Path folder, int validator) {
    return new LedgerHome(folder.resolve("net").resolve("validator" + validator));
  }

  private URI api(Path folder) throws IOException {
    boolean up =
        Waiting.until(
            () ->
                IntStream.range(0, validators)
                    .allMatch(i -> Files.exists(home(folder, i).status())),
            PATIENCE,
            "starting validators");
    Optional<ValidatorFacts> facts = ValidatorFacts.read(home(folder, 0).status());
    if (!up || facts.isEmpty()) {
      throw new CommandException(
          "the validators did not start:\n" + Files.readString(folder.resolve("localnet.out")));
    }
    return URI.create(facts.get().api());
  }

  private ObjectNode measure(Path folder, PrintWriter out) throws IOException {
    KeyDirectory keys = new KeyDirectory(folder.resolve("keys"), new SystemRandomness());
    URI api = api(folder);
    try (ReceiptLog log =
            ReceiptLog.open(folder.resolve("receipts"), keys, ORIGIN, SystemClock.INSTANCE);
        LogLedger ledger = LogLedger.connect(api)) {
      LogBlockSettings settings =
          new LogBlockSettings(
              folder.resolve("receipts"),
              log.recentUsage(),
              folder.resolve("logblocks"),
              keys,
              KeyFile.ed25519(home(folder, 0).governorKey()),
              1,
              Duration.ofSeconds(1));
      PipelineLoad load = new PipelineLoad(log, SystemClock.INSTANCE, clients);
      Producer producer = new Producer(settings, ledger, SystemClock.INSTANCE);
      PipelineLoad.Measured measured =
          load.run(
              Duration.ofSeconds(warmUp),
              Duration.ofSeconds(seconds),
              () ->
                  producer.step() == Producer.Progress.FINAL
                      ? producer.standing().map(LogStanding::size)
                      : Optional.empty());
      out.printf(
          Locale.ROOT,
          "%d validators, %d clients: %d receipts final/s, p50 %d ms, p99 %d ms%n",
          validators,
          clients,
          measured.perSecond(),
          measured.p50Millis(),
          measured.p99Millis());
      LogStanding end = ledger.standing(ORIGIN).orElseThrow();
      return JSON.createObjectNode()
          .put("bench", "pipeline")
          .put("validators", validators)
          .put("clients", clients)
          .put("seconds", seconds)
          .put("cpus", Runtime.getRuntime().availableProcessors())
          .put("receiptsFinalPerSecond", measured.perSecond())
          .put("p50Millis", measured.p50Millis())
          .put("p99Millis", measured.p99Millis())
          .put("maxMillis", measured.maxMillis())
          .put("receipts", log.size())
          .put("receiptsFinal", end.size())
          .put("logBlocks", end.number() + 1);
    }
  }
}
