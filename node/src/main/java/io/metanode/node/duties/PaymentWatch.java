package io.metanode.node.duties;

import io.metanode.billing.HourlyBilling;
import io.metanode.economy.LedgerPayment;
import io.metanode.economy.PaymentOffer;
import io.metanode.economy.PaymentPlace;
import io.metanode.economy.PaymentStatus;
import io.metanode.economy.PaymentVerdict;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * Sees what is paid on a ledger: transfers that were made final and whose memo is the digest of a
 * settlement or an invoice. Each is judged ({@link PaymentStatus}) and receipted as {@code
 * bill.paid}, counted or refused. Blocks are looked at in their order, and the receipts say how far
 * they were judged, so that looking twice does no harm.
 */
public final class PaymentWatch implements LedgerDuty {

  private static final System.Logger LOG = System.getLogger(PaymentWatch.class.getName());
  private static final String APPLIED = "OK";

  /** Blocks looked at in one pass, so that other duties have their turn. */
  private static final int MOST = 500;

  private final HourlyBilling billing;
  private final Bytes32 payee;
  private final WatchedBlocks blocks;

  /**
   * @param payee the key that owns the accounts to be paid into
   * @param file where it writes down how far it came
   * @param fromFirst whether a chain that it never saw is looked at from its first block on
   */
  public PaymentWatch(HourlyBilling billing, Bytes32 payee, Path file, boolean fromFirst) {
    this.billing = billing;
    this.payee = payee;
    blocks = new WatchedBlocks(file, fromFirst);
  }

  @Override
  public String name() {
    return "payments";
  }

  @Override
  public void pass(LedgerClient ledger) throws IOException {
    JsonNode status = ledger.get("/v1/status");
    String chain = status.required("chain").asString();
    long head = status.required("height").asLong();
    long next = blocks.next(status);
    if (!billing.hasBills()) {
      // Nobody pays what is not billed yet.
      blocks.looked(head + 1);
      return;
    }
    for (long height = next; height <= head && height < next + MOST; height++) {
      look(ledger, chain, height, ledger.get("/v1/blocks/" + height + "?transactions"));
      blocks.looked(height + 1);
    }
  }

  private void look(LedgerClient ledger, String chain, long height, JsonNode block)
      throws IOException {
    int number = 0;
    for (JsonNode transaction : block.required("transactions")) {
      JsonNode operation = transaction.required("operation");
      if (transaction.required("result").asString().equals(APPLIED)
          && operation.path("kind").asInt(0) == LedgerPayment.KIND) {
        Bytes32 sender = Bytes32.ofHex(transaction.required("sender").asString());
        byte[] payload = HexFormat.of().parseHex(operation.required("payload").asString());
        int step = 0;
        for (LedgerPayment payment : LedgerPayment.in(sender, Bytes.of(payload))) {
          look(ledger, payment, new PaymentPlace(chain, height, number, step));
          step++;
        }
      }
      number++;
    }
  }

  private void look(LedgerClient ledger, LedgerPayment payment, PaymentPlace place)
      throws IOException {
    if (!billing.isBill(payment.memo())) {
      return;
    }
    JsonNode done = ledger.get("/v1/economy/transfers/" + payment.transfer());
    JsonNode terms =
        done.has("pending")
            ? ledger.get("/v1/economy/transfers/" + done.required("pending").asString())
            : done;
    PaymentOffer offer =
        PaymentOffer.onLedger(
            payment.memo(),
            done.required("amount").asLong(),
            place,
            terms.required("token").asString().equals("NEX"),
            isPayees(ledger, terms));
    PaymentVerdict verdict = billing.paidOnLedger(offer, payment.transfer());
    if (verdict.status() != PaymentStatus.JUDGED_BEFORE) {
      LOG.log(
          verdict.status().counts() ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
          "transfer {0} for bill {1} of {2}: {3}; {4} minor units of NEX are still owed on it",
          payment.transfer(),
          payment.memo(),
          verdict.tenant(),
          verdict.status(),
          Long.toString(verdict.left()));
    }
  }

  private boolean isPayees(LedgerClient ledger, JsonNode terms) throws IOException {
    JsonNode account = ledger.get("/v1/economy/accounts/" + terms.required("credit").asString());
    return account.path("owner").asString("").equals(payee.toString());
  }
}
