package io.metanode.cli.bill;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.economy.DocumentException;
import io.metanode.economy.ProvedPrices;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A price book that a ledger's governance decided, by its proof alone. */
final class PricesProofOption {

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

  /** What was given; empty if no proof was. */
  Optional<ProvedPrices> read() throws IOException {
    if (proof == null) {
      return Optional.empty();
    }
    Path trusted =
        genesis != null
            ? genesis
            : new LedgerHome(NodeHome.fromEnvironment().ledgerDirectory()).genesis();
    try {
      JsonNode json = JsonMapper.builder().build().readTree(Files.readAllBytes(proof));
      return Optional.of(ProvedPrices.of(LedgerProof.trusting(trusted), json));
    } catch (DocumentException | JacksonException e) {
      throw new CommandException(
          proof + " does not prove a price book under " + trusted + ": " + e.getMessage(), e);
    }
  }
}
