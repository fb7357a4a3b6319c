package io.metanode.economy;

import io.metanode.ledger.LedgerProof;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The price book that a ledger's state is proved to have.
 *
 * @param until the time of that state: all versions that begin by then are in the book
 */
public record ProvedPrices(Prices prices, Instant until) {

  /**
   * Checks a proof.
   *
   * @param trusted what is trusted of the chain
   * @param proof as the API gives it
   * @throws DocumentException if it proves no price book
   */
  public static ProvedPrices of(LedgerProof trusted, JsonNode proof) throws DocumentException {
    try {
      Map<String, String> facts = trusted.verify(proof);
      Prices prices =
          Prices.ofLedger(
              String.valueOf(facts.get("stateKey")), String.valueOf(facts.get("value")));
      long time = Long.parseLong(String.valueOf(facts.get("timeMillis")));
      return new ProvedPrices(prices, Instant.ofEpochMilli(time));
    } catch (LedgerProof.InvalidException | NumberFormatException e) {
      throw new DocumentException(String.valueOf(e.getMessage()));
    }
  }

  /** What the proof does not say of an invoice. */
  public List<String> lacks(byte[] bill) {
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
