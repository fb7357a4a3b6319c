package io.metanode.node.duties;

import io.metanode.billing.BillFiles;
import io.metanode.billing.PriceSource;
import io.metanode.economy.DocumentException;
import io.metanode.economy.Prices;
import io.metanode.economy.ProvedPrices;
import io.metanode.foundation.DurableFiles;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * The price book that governance decides on, as a ledger's state has it: proved to the node, not
 * told. It is written down with its proof, so that bills can be derived and checked without the
 * ledger (docs/decisions/0210). Safe for use by many threads.
 */
public final class GovernedPrices implements PriceSource, LedgerDuty {

  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration PROOF_AGE = Duration.ofMinutes(5);

  private final BillFiles files;
  private final Path genesis;
  private volatile Book book;
  private Instant proved = Instant.EPOCH;

  private GovernedPrices(BillFiles files, Path genesis, Book book) {
    this.files = files;
    this.genesis = genesis;
    this.book = book;
  }

  /**
   * Goes on from what was written down.
   *
   * @param genesis of the ledger, which is trusted; it may be made later
   * @throws IOException if what was written down is no price book
   */
  public static GovernedPrices open(BillFiles files, Path genesis) throws IOException {
    return new GovernedPrices(
        files, genesis, new Book(PriceSource.read(files.prices()), Instant.EPOCH));
  }

  @Override
  public Book now() {
    return book;
  }

  @Override
  public String name() {
    return "governed prices";
  }

  @Override
  public void pass(LedgerClient ledger) throws IOException {
    long time = ledger.get("/v1/status").required("headTimeMillis").asLong();
    if (Instant.ofEpochMilli(time).isBefore(book.until().plus(EVERY))) {
      return;
    }
    JsonNode proof = ledger.get("/v1/economy/prices?proof").required("proof");
    try {
      ProvedPrices now = ProvedPrices.of(LedgerProof.trusting(genesis), proof);
      take(now.prices(), now.until(), proof);
    } catch (DocumentException e) {
      throw new IOException(
          "the validator does not prove its price book under " + genesis + ": " + e.getMessage(),
          e);
    }
  }

  private void take(Prices now, Instant until, JsonNode proof) throws IOException {
    if (!now.extendsBook(book.prices())) {
      throw new IOException(
          files.prices()
              + " has other prices than the ledger; the ledger's hold for this node"
              + " (billing.prices): move the file away, or set billing.prices to file");
    }
    boolean other = !now.digest().equals(book.prices().digest());
    if (other || Files.notExists(files.prices())) {
      DurableFiles.replace(files.prices(), now.json());
    }
    if (other || Files.notExists(files.pricesProof()) || proved.plus(PROOF_AGE).isBefore(until)) {
      DurableFiles.replace(
          files.pricesProof(), proof.toPrettyString().getBytes(StandardCharsets.UTF_8));
      proved = until;
    }
    book = new Book(now, until);
  }
}
