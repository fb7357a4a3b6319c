package io.metanode.cli.bill;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.economy.DocumentException;
import io.metanode.economy.InvoiceFacts;
import io.metanode.economy.Prices;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A price book that a ledger's governance decided, by its proof alone. */
final class ProvedPrices {

  @Option(
      names = "--prices-proof",
      paramLabel = "FILE",
      description = {
        "the ledger's proof of the price book, such as bills/prices.proof.json in METANODE_HOME, in",
        "place of a price book"
      })
  @Nullable Path proof;

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "of the ledger, under which the proof holds (default: that of METANODE_HOME)")
  @Nullable Path genesis;

  /**
   * What is proved.
   *
   * @param until all versions that begin by then are in it
   */
  record Proved(Prices prices, Instant until) {

    /** What the proof does not say of an invoice. */
    List<String> lacks(byte[] bill) {
      try {
        Instant last = Instant.ofEpochMilli(InvoiceFacts.read(bill).lastHourMillis());
        return last.isAfter(until)
            ? List.of(
                "/prices: the proof is of %s; prices of the hour of %s may have been decided after it"
                    .formatted(until, last))
            : List.of();
      } catch (DocumentException e) {
        return List.of("not a bill: " + e.getMessage());
      }
    }
  }

  /** What was given; empty if no proof was. */
  Optional<Proved> read() throws IOException {
    if (proof == null) {
      return Optional.empty();
    }
    Path trusted =
        genesis != null
            ? genesis
            : new LedgerHome(NodeHome.fromEnvironment().ledgerDirectory()).genesis();
    try {
      Map<String, String> facts =
          LedgerProof.trusting(trusted)
              .verify(JsonMapper.builder().build().readTree(Files.readAllBytes(proof)));
      Prices prices =
          Prices.ofLedger(
              String.valueOf(facts.get("stateKey")), String.valueOf(facts.get("value")));
      long time = Long.parseLong(String.valueOf(facts.get("timeMillis")));
      return Optional.of(new Proved(prices, Instant.ofEpochMilli(time)));
    } catch (LedgerProof.InvalidException
        | DocumentException
        | JacksonException
        | NumberFormatException e) {
      throw new CommandException(
          proof + " does not prove a price book under " + trusted + ": " + e.getMessage(), e);
    }
  }
}
