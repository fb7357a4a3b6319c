package io.metanode.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.billing.BillFiles;
import io.metanode.billing.HourlyBilling;
import io.metanode.billing.ReceiptSource;
import io.metanode.cli.NodeHome;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerSetup;
import io.metanode.node.duties.GovernedPrices;
import io.metanode.node.duties.TestLedger;
import io.metanode.policy.PolicyDocument;
import io.metanode.receipts.Account;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import io.metanode.receipts.Usage;
import io.metanode.testkit.Eventually;
import io.metanode.testkit.Gen;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node without a validator, wired as its configuration says, whose receipts, prices, payments and
 * claims are the matter of four validators elsewhere, of which one goes.
 */
final class SubmitToIT {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long UNIT = 1_000_000_000;
  private static final String ORIGIN = "test.example/receipts";
  private static final Usage USAGE =
      new Usage(1_000_000_000, 500_000_000, 1_000_000, 10_000_000, 100_000_000);

  /** What it costs by the second version of the prices. */
  private static final long COST = 1_000L * 30_000 + 500 + 1 + 10 + 100;

  private final SkippingClock clock = new SkippingClock();
  private final Gen gen = new Gen(37);
  private final PrivateKeySigner tenant = PrivateKeySigner.generate(gen);
  private final PrivateKeySigner account;
  private final NodeHome home;
  private final TestLedger ledger;
  private final NodeConfig config;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private Optional<Receipts> receipts = Optional.empty();
  private Optional<HourlyBilling> billing = Optional.empty();

  SubmitToIT(@TempDir Path folder) throws IOException {
    home = new NodeHome(folder.resolve("home"), folder.resolve("run"));
    home.create();
    account = LedgerSetup.signer(home.directory().resolve("account.pem"), gen);
    ledger = new TestLedger(folder.resolve("ledger"), clock, List.of(account, tenant), 4);
    Files.copy(ledger.home().genesis(), home.directory().resolve("genesis"));
    config =
        NodeConfig.parse(
            home,
            "metanode.yaml",
            """
            receipts: {origin: %s}
            ledger: {validator: off, submitTo: [%s], account: account.pem, logBlockSeconds: 1, provider: on}
            billing: {prices: ledger, genesis: genesis}
            """
                .formatted(
                    ORIGIN,
                    String.join(
                        ", ", ledger.uris().stream().map(uri -> "\"" + uri + "\"").toList())));
  }

  @AfterEach
  void stop() throws Exception {
    stopNode();
    ledger.close();
  }

  /** All of a node that has to do with the ledger. */
  private void startNode() throws IOException {
    Receipts opened = Receipts.open(home, config, clock);
    running.push(opened.log());
    PolicyDocument policy = PolicyDocument.allowAll();
    BillFiles files = new BillFiles(Files.createDirectories(home.billsDirectory()));
    GovernedPrices prices = GovernedPrices.open(files, config.billing().genesis());
    HourlyBilling bills =
        new HourlyBilling(
            files,
            prices,
            ReceiptSource.of(home.receiptsDirectory()),
            opened.log(),
            policy.digest(),
            clock);
    running.push(Biller.start(bills));
    Duties duties =
        new Duties(home, config, opened, bills, files, Optional.of(prices), policy, clock);
    Finality.start(home, config.ledger(), opened, duties, clock).forEach(running::push);
    receipts = Optional.of(opened);
    billing = Optional.of(bills);
  }

  private void stopNode() throws Exception {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }

  private void use() throws IOException {
    Step step = ExecStep.of(clock.now(), USAGE, Optional.of(new Account("acme", "shop")));
    try (Reservation room = receipts.orElseThrow().log().reserve()) {
      room.append(step).awaitDurable();
    }
  }

  private List<Step> receipted(String operation) throws IOException {
    return receipts.orElseThrow().log().since(Instant.EPOCH).stream()
        .filter(step -> step.operation().equals(operation))
        .toList();
  }

  private long finalReceipts() throws IOException {
    return ledger
        .client()
        .find("/v1/logs?origin=test.example%2Freceipts")
        .map(head -> head.required("size").asLong())
        .orElse(0L);
  }

  private void allIsFinal() throws Exception {
    long size = receipts.orElseThrow().log().size();
    Eventually.holds("all receipts are final", () -> finalReceipts() >= size);
  }

  private Bytes32 rewarded() {
    return EconomyTransactions.account(account.publicKey(), "NEX", 0);
  }

  private Bytes32 tenants() {
    return EconomyTransactions.account(tenant.publicKey(), "NEX", 0);
  }

  private void pay(long amount, Bytes32 settlement) throws IOException {
    ledger.steps(
        tenant,
        new EconomyTransactions()
            .direct(
                ledger.reference(),
                new EconomyTransactions.Order(
                    tenants(), rewarded(), "NEX", amount, 0, settlement)));
  }

  /** Governance admits the node and raises the price of a millisecond. */
  private void govern() throws IOException {
    Bytes32 key = Bytes32.of(account.publicKey().bytes());
    ledger.decide(proposals -> proposals.provider(key, true));
    long from = clock.now().plus(Duration.ofHours(26)).toEpochMilli();
    ledger.decide(proposals -> proposals.prices(2, from, TestLedger.PRICES));
  }

  private JsonNode settlement() throws Exception {
    Path folder = home.billsDirectory().resolve("settlements/acme");
    Eventually.equal("hours that are settled", 1, () -> settled(folder).size());
    return new JsonMapper()
        .readTree(Files.readAllBytes(settled(folder).getFirst()))
        .required("settlement");
  }

  private static List<Path> settled(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void pricesPaymentsAndClaimsAreThatOfFourValidatorsOfWhichOneGoes() throws Exception {
    ledger.steps(account, new EconomyTransactions().open("NEX", 0, false, 0));
    ledger.steps(
        tenant,
        new EconomyTransactions()
            .open("NEX", 0, false, 0)
            .deposit(ledger.reference(), tenants(), "NEX", UNIT));
    govern();
    ledger.skip(HOUR.multipliedBy(3));
    startNode();
    Eventually.holds(
        "the governed prices are known",
        () -> Files.exists(home.billsDirectory().resolve("prices.proof.json")));
    use();
    allIsFinal();

    ledger.skip(HOUR);
    JsonNode settlement = settlement();
    assertEquals(
        new BigDecimal(COST).movePointLeft(9).toPlainString(),
        settlement.required("amount").asString());
    Bytes32 digest = Bytes32.ofHex(settlement.required("digest").asString());
    pay(COST - 1, digest);
    Eventually.equal("a part is paid", 1, () -> receipted("bill.paid").size());
    Eventually.equal("the rest is owed", 1L, () -> billing.orElseThrow().owed("acme"));
    Eventually.holds("the window is claimed", () -> !receipted("poe.claim").isEmpty());

    ledger.stop(0);
    ledger.ask(1);
    pay(1, digest);
    Eventually.equal("all is paid, as another says", 2, () -> receipted("bill.paid").size());
    Eventually.equal("nothing is owed", 0L, () -> billing.orElseThrow().owed("acme"));
    use();
    allIsFinal();

    stopNode();
    Files.delete(new BillFiles(home.billsDirectory()).payments());
    startNode();
    ledger.skip(HOUR);
    Eventually.holds("the next window, too", () -> receipted("poe.claim").size() > 1);
    for (Step claim : receipted("poe.claim")) {
      assertEquals(new Outcome.Done(), claim.outcome());
    }
    assertEquals(2, receipted("bill.paid").size(), "each once");
    assertTrue(ledger.available(rewarded()) > COST);
    allIsFinal();
    stopNode();
    ledger.closeAndAudit();
  }
}
