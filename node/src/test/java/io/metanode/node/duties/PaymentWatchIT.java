package io.metanode.node.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.billing.BillFiles;
import io.metanode.billing.BillReceipts;
import io.metanode.billing.HourlyBilling;
import io.metanode.billing.PriceSource;
import io.metanode.billing.ReceiptSource;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Digest;
import io.metanode.node.ExecStep;
import io.metanode.receipts.Account;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.testkit.Gen;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Settlements that are paid on a real ledger become paid in the log, once. */
final class PaymentWatchIT {

  private static final Digest DIGEST = Digest.ofBytes(new byte[32]);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long UNIT = 1_000_000_000;

  /** What an hour of the tenant costs: a millisecond and a receipt. */
  private static final long HOURS_COST = 70_000;

  private final SkippingClock clock = new SkippingClock();
  private final Gen gen = new Gen(31);
  private final PrivateKeySigner tenant = PrivateKeySigner.generate(gen);
  private final PrivateKeySigner other = PrivateKeySigner.generate(gen);
  private final Path folder;
  private final TestLedger ledger;
  private final ReceiptLog log;
  private final BillFiles files;
  private final HourlyBilling billing;
  private final Bytes32 tenants = account(tenant);
  private final Bytes32 others = account(other);
  private final Bytes32 providers;

  PaymentWatchIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    ledger = new TestLedger(folder.resolve("ledger"), clock, List.of(tenant, other));
    log =
        ReceiptLog.open(
            folder.resolve("receipts"),
            new KeyDirectory(folder.resolve("keys"), gen),
            "test.example/receipts",
            clock);
    files = new BillFiles(Files.createDirectories(folder.resolve("bills")));
    billing =
        new HourlyBilling(
            files,
            PriceSource.of(files.prices()),
            ReceiptSource.of(folder.resolve("receipts")),
            log,
            DIGEST,
            clock);
    providers = account(ledger.governor());
    for (PrivateKeySigner each : List.of(ledger.governor(), tenant, other)) {
      ledger.steps(each, new EconomyTransactions().open("NEX", 0, false, 0));
    }
    ledger.steps(
        tenant, new EconomyTransactions().deposit(ledger.reference(), tenants, "NEX", UNIT));
  }

  private static Bytes32 account(PrivateKeySigner owner) {
    return EconomyTransactions.account(owner.publicKey(), "NEX", 0);
  }

  @AfterEach
  void stop() throws IOException {
    log.close();
    ledger.close();
  }

  private PaymentWatch watch() {
    Bytes32 payee = Bytes32.of(ledger.governor().publicKey().bytes());
    return new PaymentWatch(billing, payee, files.payments(), true);
  }

  /** The tenant uses something for an hour; its settlement. */
  private Bytes32 settle() throws IOException {
    Step step =
        ExecStep.of(
            clock.now(),
            new Usage(1_000_000, 0, 0, 0, 1_000_000),
            Optional.of(new Account("acme", "shop")));
    try (Reservation room = log.reserve()) {
      room.append(step).awaitDurable();
    }
    log.checkpointNow();
    billing.pass();
    clock.skip(HOUR);
    billing.pass();
    log.checkpointNow();
    billing.pass();
    try (Stream<Path> settlements = Files.list(folder.resolve("bills/settlements/acme"))) {
      Path newest = settlements.sorted().toList().getLast();
      JsonNode json = new JsonMapper().readTree(Files.readAllBytes(newest));
      assertEquals("0.000070000", json.at("/settlement/amount").asString());
      return Bytes32.ofHex(json.at("/settlement/digest").asString());
    }
  }

  private EconomyTransactions.Order order(Bytes32 to, long amount, Bytes32 memo) {
    return new EconomyTransactions.Order(tenants, to, "NEX", amount, 0, memo);
  }

  private void pay(Bytes32 to, long amount, Bytes32 memo) throws IOException {
    ledger.steps(
        tenant, new EconomyTransactions().direct(ledger.reference(), order(to, amount, memo)));
  }

  private List<Step> paid() throws IOException {
    log.checkpointNow();
    return log.since(Instant.EPOCH).stream()
        .filter(step -> step.operation().equals(BillReceipts.PAID))
        .toList();
  }

  @Test
  void aTransferThatNamesASettlementPaysIt() throws Exception {
    Bytes32 settlement = settle();
    PaymentWatch watch = watch();
    watch.pass(ledger.client());
    assertEquals(List.of(), paid());
    assertEquals(HOURS_COST, billing.owed("acme"));

    pay(others, HOURS_COST, settlement);
    pay(providers, HOURS_COST, Bytes32.ZERO);
    pay(providers, HOURS_COST - 1, settlement);
    watch.pass(ledger.client());
    assertEquals(List.of("WRONG_PAYEE", "done"), outcomes(), "no memo, no receipt");
    assertEquals(1, billing.owed("acme"));

    pay(providers, HOURS_COST, settlement);
    watch.pass(ledger.client());
    watch.pass(ledger.client());
    assertEquals(3, paid().size());
    List<String> subjects = paid().getLast().subjects().stream().map(Subject::name).toList();
    assertEquals(List.of("bill/" + settlement, "amount/70000"), subjects.subList(0, 2));
    assertTrue(subjects.get(2).startsWith("transfer/"), subjects.toString());
    assertTrue(subjects.get(3).matches("at/[0-9a-f]{16}/[0-9]+/[0-9]+/0"), subjects.toString());
    assertEquals(0, billing.owed("acme"));
    pay(providers, 5, settlement);
    watch.pass(ledger.client());
    assertEquals(4, paid().size(), "paid before: credit");

    Files.delete(files.payments());
    settle();
    PaymentWatch restarted = watch();
    restarted.pass(ledger.client());
    assertEquals(4, paid().size(), "all blocks are looked at again, and nothing is paid twice");
    assertEquals(0, billing.owed("acme"), "70,000, and 69,999 and 5 were too much");
  }

  private List<String> outcomes() throws IOException {
    return paid().stream()
        .map(step -> step.outcome() instanceof Outcome.Failed(String why) ? why : "done")
        .toList();
  }

  @Test
  void whatIsPostedOfAHeldAmountPays() throws Exception {
    ledger.steps(
        tenant,
        new EconomyTransactions()
            .pending(new Bytes32(1, 1, 1, 1), order(providers, UNIT / 2, Bytes32.ZERO), 0));
    Bytes32 held = EconomyTransactions.transfer(tenant.publicKey(), new Bytes32(1, 1, 1, 1));
    Bytes32 settlement = settle();
    ledger.steps(
        ledger.governor(),
        new EconomyTransactions().post(ledger.reference(), held, HOURS_COST, settlement));
    watch().pass(ledger.client());
    assertEquals(1, paid().size());
    assertEquals(0, billing.owed("acme"));
    ledger.closeAndAudit();
  }
}
