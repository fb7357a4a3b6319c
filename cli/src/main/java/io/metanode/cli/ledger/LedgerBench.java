package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.ScratchFolder;
import io.metanode.crypto.Ed25519;
import io.metanode.crypto.NativeLanes;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerLoad;
import io.metanode.ledger.LedgerLoad.Event;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Transactions a second through validators that are processes of their own. */
@Command(
    name = "ledger",
    description = "Final transactions a second on validators of this host, and how long they take.")
public final class LedgerBench implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Mixin LoadOptions options = new LoadOptions();

  @Option(names = "--seconds", description = "measured", defaultValue = "60")
  int seconds = 60;

  @Option(
      names = "--receipts",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "2000",
      description = "requests are one transaction of N receipts, which extends the client's log")
  int receipts;

  @Option(
      names = "--rate",
      description = "transactions, or receipts, signed beforehand for each second",
      defaultValue = "-1")
  int rate = -1;

  @Option(
      names = "--round-trip",
      paramLabel = "MILLIS",
      description = "between any two validators, made by relays",
      defaultValue = "0")
  int roundTrip;

  @Option(
      names = "--verifier",
      description = "what checks signatures: auto, avx512, avx2, scalar or provider")
  @Nullable String verifier;

  @Option(names = "--kill-one", description = "kill -9 of the last validator half-way")
  boolean killOne;

  @Option(
      names = "--catch-up",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "1000000",
      description = "the last validator stops, misses N transactions, and comes back")
  long catchUp;

  @Override
  public Integer call() throws IOException {
    if (options.validators < 4 && (killOne || catchUp > 0)) {
      throw new CommandException("others go on without one validator only if there are four");
    }
    List<DelayRelay> relays = new ArrayList<>();
    try (ScratchFolder where = options.scratch("ledger-bench")) {
      System.out.println(JSON.writeValueAsString(measure(where.path(), relays)));
      return 0;
    } finally {
      for (DelayRelay relay : relays) {
        relay.close();
      }
    }
  }

  private int relayed(int port, List<DelayRelay> relays) throws IOException {
    if (roundTrip == 0) {
      return port;
    }
    relays.add(new DelayRelay(port, roundTrip / 2, SystemClock.INSTANCE));
    return relays.getLast().port();
  }

  /** A request of receipts is twenty of transfers: fewer in flight are enough. */
  private int clients() {
    return options.clients(receipts > 0 ? 12 : LoadOptions.CLIENTS);
  }

  private LedgerLoad load() {
    SystemRandomness randomness = new SystemRandomness();
    return receipts > 0
        ? LedgerLoad.receipts(clients(), receipts, SystemClock.INSTANCE, randomness)
        : LedgerLoad.transfers(
            clients(), options.batch, LoadOptions.ROUNDS, SystemClock.INSTANCE, randomness);
  }

  /** The requests that each client needs. */
  private int requests() {
    int each = receipts > 0 ? receipts : options.batch;
    int perSecond = rate > 0 ? rate : receipts > 0 ? 300_000 : 15_000;
    long all = catchUp > 0 ? 2 * catchUp : (long) (seconds + options.warmUp) * perSecond;
    return Math.toIntExact(Math.ceilDiv(all, (long) clients() * each));
  }

  private ObjectNode measure(Path where, List<DelayRelay> relays) throws IOException {
    LedgerLoad load = load();
    Localnet net =
        Localnet.in(
            where,
            options.validators,
            load.accounts(),
            options.block,
            port -> relayed(port, relays));
    if (verifier != null) {
      net = net.with(NativeLanes.VARIABLE, verifier);
    }
    return measure(net, load);
  }

  private ObjectNode measure(Localnet net, LedgerLoad load) throws IOException {
    Thread stop = new Thread(net::close);
    Runtime.getRuntime().addShutdownHook(stop);
    try (net) {
      System.err.printf("  signing %d requests%n", (long) requests() * clients());
      load.sign(net.homes().getFirst().genesis(), requests());
      net.start();
      return catchUp > 0 ? lag(net, load) : run(net, load);
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private ObjectNode run(Localnet net, LedgerLoad load) throws IOException {
    System.err.printf("  %d s of warm-up, then %d s of measurement%n", options.warmUp, seconds);
    List<URI> urls = net.urls();
    int last = options.validators - 1;
    LedgerBenchReport report = new LedgerBenchReport(killOne ? urls.subList(0, last) : urls);
    List<Event> events = new ArrayList<>();
    events.add(new Event(Duration.ZERO, report::begin));
    Duration half = Duration.ofSeconds(seconds).dividedBy(2);
    if (killOne) {
      events.add(new Event(half, () -> net.kill(last)));
    }
    LedgerLoad.Measured measured =
        load.run(urls, Duration.ofSeconds(options.warmUp), Duration.ofSeconds(seconds), events);
    report.end();
    ObjectNode json = described();
    long perSecond = Math.round(measured.applied() * 1e9 / measured.nanos());
    json.put(receipts > 0 ? "receiptsPerSecond" : "tps", perSecond)
        .put(receipts > 0 ? "receipts" : "transactions", measured.applied());
    LedgerBenchReport.load(json, measured);
    if (killOne) {
      LedgerBenchReport.kill(json, measured.timeline(), half.toMillis(), seconds * 1_000L);
    }
    report.validators(json, net.processes());
    return json;
  }

  private ObjectNode described() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("bench", "ledger")
            .put("validators", options.validators)
            .put("seconds", seconds)
            .put("clients", clients())
            .put(
                receipts > 0 ? "receiptsPerTransaction" : "batch",
                receipts > 0 ? receipts : options.batch)
            .put("cpus", Runtime.getRuntime().availableProcessors())
            .put("signatures", Ed25519.provider());
    return roundTrip > 0 ? json.put("roundTripMillis", roundTrip) : json;
  }

  /** The load runs without the last validator until that is far enough behind. */
  private ObjectNode lag(Localnet net, LedgerLoad load) throws IOException {
    int last = options.validators - 1;
    List<URI> others = net.urls().subList(0, last);
    net.stop(last);
    long missed = 0;
    while (missed < catchUp) {
      load.goOn(others, Duration.ZERO, Duration.ofSeconds(5), List.of());
      missed = LedgerLag.status(others.getFirst()).required("transactions").asLong();
      System.err.printf("  %d transactions behind%n", missed);
    }
    ObjectNode json = described();
    json.remove("seconds");
    LedgerLag lag = new LedgerLag(net, last, SystemClock.INSTANCE);
    lag.catchUp(json, missed);
    lag.coldStart(json);
    return json;
  }
}
