package io.metanode.cli.economy;

import io.metanode.cli.CommandException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Proposes the next version of the price book. */
@Command(
    name = "prices",
    description =
        "Propose the next version of the prices of usage, in NEX a unit. Components that are not named "
            + "cost what they do in the newest version: cpu_ms, memory_mb_s, storage_gb_day, egress_mb, "
            + "receipts_count. A bill's hour is charged by the version that holds when the hour begins.")
final class ProposePricesCommand implements Callable<Integer> {

  @Mixin ProposalSubmission proposal = new ProposalSubmission();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "when it begins to hold, such as 2026-12-01T00:00:00Z; after it is enacted")
  String from = "";

  @Parameters(
      arity = "1..*",
      paramLabel = "COMPONENT=PRICE",
      description = "such as cpu_ms=0.00003")
  Map<String, String> changes = Map.of();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    JsonNode newest = proposal.ask("prices").required("lists").valueStream().toList().getLast();
    Map<String, Long> prices = new LinkedHashMap<>();
    newest.forEachEntry((name, price) -> prices.put(name, price.asLong()));
    prices.keySet().removeAll(List.of("version", "from"));
    int version = newest.required("version").asInt() + 1;
    changes.forEach(
        (name, price) -> {
          if (prices.replace(name, Words.units(price)) == null) {
            throw new CommandException("no component " + name + "; there are " + prices.keySet());
          }
        });
    long begin = Words.millis(from);
    requireTime(begin);
    return proposal.submit(spec, proposals -> proposals.prices(version, begin, prices));
  }

  /** It can be enacted once it passed and waited; before that it cannot begin. */
  private void requireTime(long begin) throws IOException {
    long wait = proposal.ask("governance").required("timelockMillis").asLong();
    Instant soonest = Instant.ofEpochMilli(proposal.time() + wait);
    if (begin <= soonest.toEpochMilli()) {
      throw new CommandException(
          "prices wait %d minutes between passing and holding: --from must be after %s"
              .formatted(wait / 60_000, soonest));
    }
  }
}
