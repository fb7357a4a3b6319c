package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.ScratchFolder;
import io.metanode.crypto.Ed25519;
import io.metanode.economy.EconomyAudit;
import io.metanode.economy.EconomyLoad;
import io.metanode.economy.EconomyModule;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.ledger.LedgerContents;
import io.metanode.ledger.LedgerLoad;
import io.metanode.ledger.LedgerSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Double-entry transfers a second: the accounts alone, and through validators. */
@Command(
    name = "accounts",
    description =
        "Double-entry transfers a second: in the accounts alone, whose conservation is audited, "
            + "and final on one and on four validators, whose whole state is audited at the end.")
public final class AccountsBench implements Callable<Integer> {

  private static final int ROUNDS = 4;

  @Option(names = "--transfers", description = "on the accounts alone", defaultValue = "100000000")
  long transfers = 100_000_000;

  @Option(names = "--accounts", description = "among which", defaultValue = "10000")
  int accounts = 10_000;

  @Option(names = "--seed", description = "of those transfers", defaultValue = "1")
  long seed = 1;

  @Option(names = "--seconds", description = "measured on validators", defaultValue = "20")
  int seconds = 20;

  @Option(names = "--warm-up", description = "seconds before", defaultValue = "10")
  int warmUp = 10;

  @Option(
      names = "--steps",
      split = ",",
      description = "transfers of a transaction, one run each",
      defaultValue = "1,50")
  List<Integer> steps = List.of(1, 50);

  @Option(names = "--validators", split = ",", description = "how many", defaultValue = "1,4")
  List<Integer> validators = List.of(1, 4);

  @Option(names = "--clients", description = "closed loops", defaultValue = "16")
  int clients = 16;

  @Option(
      names = "--rate",
      description = "transfers signed beforehand for each second, of 1 and of many a transaction",
      split = ",",
      defaultValue = "8000,40000")
  List<Integer> rate = List.of(8_000, 40_000);

  @Mixin ScratchOption scratch = new ScratchOption();

  @Override
  public Integer call() throws IOException {
    if (steps.stream().anyMatch(n -> n < 1 || n > EconomyTransactions.mostSteps())) {
      throw new CommandException("--steps is from 1 to " + EconomyTransactions.mostSteps());
    }
    ObjectNode json =
        Printed.object()
            .put("bench", "accounts")
            .put("cpus", Runtime.getRuntime().availableProcessors())
            .put("signatures", Ed25519.provider());
    if (transfers > 0) {
      json.set("alone", alone());
    }
    for (int number : validators) {
      for (int each : steps) {
        try (ScratchFolder where = scratch.folder("accounts-bench")) {
          json.set("validators" + number + "Steps" + each, measure(where.path(), number, each));
        }
      }
    }
    System.out.println(json);
    return 0;
  }

  private ObjectNode alone() {
    System.err.printf("  %d transfers among %d accounts%n", transfers, accounts);
    long began = SystemClock.INSTANCE.monotonicNanos();
    long done = EconomyLoad.alone(transfers, accounts, seed);
    double taken = (SystemClock.INSTANCE.monotonicNanos() - began) / 1e9;
    return Printed.object()
        .put("transfers", transfers)
        .put("done", done)
        .put("accounts", accounts)
        .put("transfersPerSecond", Math.round(transfers / taken))
        .put("seconds", Math.round(taken * 10) / 10.0)
        .put("conserved", true);
  }

  private ObjectNode measure(Path where, int number, int each) throws IOException {
    int batch = Math.max(1, 100 / each);
    LedgerLoad load =
        LedgerLoad.of(
            clients,
            new EconomyLoad(clients, batch, ROUNDS, each, new SystemRandomness()),
            SystemClock.INSTANCE);
    Localnet net =
        Localnet.in(where, number, load.accounts(), LedgerSetup.standardBlock(), port -> port);
    Thread stop = new Thread(net::close);
    Runtime.getRuntime().addShutdownHook(stop);
    ObjectNode json;
    try (net) {
      long perSecond = rate.get(each == 1 ? 0 : rate.size() - 1);
      int requests =
          ROUNDS
              + Math.toIntExact(
                  Math.ceilDiv(perSecond * (seconds + warmUp), (long) clients * batch * each));
      System.err.printf(
          "  %d validators, %d transfers a transaction: signing %d requests%n",
          number, each, (long) requests * clients);
      load.sign(net.homes().getFirst().genesis(), requests);
      net.start();
      json = report(net, load);
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    EconomyAudit audit =
        EconomyAudit.of(LedgerContents.ofHome(net.homes().getLast(), new EconomyModule()));
    if (!audit.faults().isEmpty()) {
      throw new CommandException("the audit of the last validator found " + audit.faults());
    }
    return json.put("audited", true);
  }

  private ObjectNode report(Localnet net, LedgerLoad load) throws IOException {
    LedgerBenchReport report = new LedgerBenchReport(net.urls());
    LedgerLoad.Measured measured =
        load.run(
            net.urls(),
            Duration.ofSeconds(warmUp),
            Duration.ofSeconds(seconds),
            List.of(new LedgerLoad.Event(Duration.ZERO, report::begin)));
    report.end();
    ObjectNode json =
        Printed.object()
            .put("transfersPerSecond", Math.round(measured.applied() * 1e9 / measured.nanos()))
            .put("transfers", measured.applied());
    LedgerBenchReport.load(json, measured);
    report.validators(json, net.processes());
    return json;
  }
}
