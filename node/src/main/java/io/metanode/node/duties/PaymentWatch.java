package io.metanode.node.duties;

import io.metanode.billing.HourlyBilling;
import io.metanode.economy.LedgerPayment;
import io.metanode.economy.OwedSettlement;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Sees that settlements are paid on a ledger: a transfer of NEX that was made final, whose memo is
 * a settlement's digest, to an account of the payee's, of what is owed or more. It looks at each
 * block once; what it finds is receipted as {@code bill.paid}, and a settlement that is not owed is
 * passed over, so that looking twice does no harm.
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
    long head = status.required("height").asLong();
    long next = blocks.next(status);
    if (!billing.isOwedAnything()) {
      // Nobody pays what is not settled yet.
      blocks.looked(head + 1);
      return;
    }
    for (long height = next; height <= head && height < next + MOST; height++) {
      look(ledger, ledger.get("/v1/blocks/" + height + "?transactions"));
      blocks.looked(height + 1);
    }
  }

  private void look(LedgerClient ledger, JsonNode block) throws IOException {
    for (JsonNode transaction : block.required("transactions")) {
      JsonNode operation = transaction.required("operation");
      if (transaction.required("result").asString().equals(APPLIED)
          && operation.path("kind").asInt(0) == LedgerPayment.KIND) {
        Bytes32 sender = Bytes32.ofHex(transaction.required("sender").asString());
        byte[] payload = HexFormat.of().parseHex(operation.required("payload").asString());
        for (LedgerPayment payment : LedgerPayment.in(sender, Bytes.of(payload))) {
          look(ledger, payment);
        }
      }
    }
  }

  private void look(LedgerClient ledger, LedgerPayment payment) throws IOException {
    Optional<OwedSettlement> owed = billing.owedFor(payment.memo());
    if (owed.isEmpty()) {
      return;
    }
    JsonNode done = ledger.get("/v1/economy/transfers/" + payment.transfer());
    JsonNode terms =
        done.has("pending")
            ? ledger.get("/v1/economy/transfers/" + done.required("pending").asString())
            : done;
    long amount = done.required("amount").asLong();
    boolean enough = amount >= owed.get().amount();
    if (!terms.required("token").asString().equals("NEX") || !isPayees(ledger, terms) || !enough) {
      LOG.log(
          System.Logger.Level.WARNING,
          "transfer {0} names settlement {1} of {2} and does not pay it: {3} minor units are owed, in NEX, to an account of {4}",
          payment.transfer(),
          payment.memo(),
          owed.get().tenant(),
          Long.toString(owed.get().amount()),
          payee);
      return;
    }
    billing.paidOnLedger(owed.get().tenant(), payment.memo(), payment.transfer());
    LOG.log(
        System.Logger.Level.INFO,
        "{0} paid settlement {1} by transfer {2}",
        owed.get().tenant(),
        payment.memo(),
        payment.transfer());
  }

  private boolean isPayees(LedgerClient ledger, JsonNode terms) throws IOException {
    JsonNode account = ledger.get("/v1/economy/accounts/" + terms.required("credit").asString());
    return account.path("owner").asString("").equals(payee.toString());
  }
}
