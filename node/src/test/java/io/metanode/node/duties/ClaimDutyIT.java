package io.metanode.node.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.EconomyRequests;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import io.metanode.node.ExecStep;
import io.metanode.node.logblocks.FlakyRelay;
import io.metanode.node.logblocks.LogBlockService;
import io.metanode.node.logblocks.LogBlockSettings;
import io.metanode.policy.PolicyDocument;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import io.metanode.receipts.Usage;
import io.metanode.testkit.Eventually;
import io.metanode.testkit.Gen;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node claims the windows of its work, on a real ledger, whatever is cut off. */
final class ClaimDutyIT {

  private static final String ORIGIN = "test.example/receipts";
  private static final Duration HOUR = Duration.ofHours(1);

  private final SkippingClock clock = new SkippingClock();
  private final Gen gen = new Gen(29);
  private final Path folder;
  private final TestLedger ledger;
  private final ReceiptLog log;
  private final PrivateKeySigner owner;

  ClaimDutyIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    ledger = new TestLedger(folder.resolve("ledger"), clock, List.of());
    owner = ledger.governor();
    log = ReceiptLog.open(folder.resolve("receipts"), keys(), ORIGIN, clock);
  }

  @AfterEach
  void stop() throws IOException {
    log.close();
    ledger.close();
  }

  private KeyDirectory keys() {
    return new KeyDirectory(folder.resolve("keys"), gen);
  }

  private ClaimDuty duty() throws IOException {
    return new ClaimDuty(
        new ProviderSettings(
            ORIGIN, owner, folder.resolve("claims"), log, PolicyDocument.allowAll(), clock));
  }

  /** Makes receipts of some work final; when the ledger took the last LogBlock of it. */
  private long work() throws Exception {
    return work(new Usage(1_000_000_000, 500_000_000, 1_000_000, 10_000_000, 100_000_000));
  }

  private long work(Usage usage) throws Exception {
    Step step = ExecStep.of(clock.now(), usage);
    try (Reservation room = log.reserve()) {
      room.append(step).awaitDurable();
    }
    long size = log.checkpointNow();
    LogBlockSettings settings =
        new LogBlockSettings(
            folder.resolve("receipts"),
            log.recentUsage(),
            folder.resolve("logblocks"),
            keys(),
            owner,
            1,
            HOUR);
    try (LogBlockService _ = LogBlockService.start(settings, List.of(ledger.uri()), clock)) {
      Eventually.holds(
          "all is final",
          () ->
              ledger
                  .client()
                  .find("/v1/logs?origin=test.example%2Freceipts")
                  .map(head -> head.required("size").asLong() >= size)
                  .orElse(false));
    }
    long number =
        ledger.client().get("/v1/logs?origin=test.example%2Freceipts").required("number").asLong();
    return ledger
        .client()
        .get("/v1/logblocks?origin=test.example%2Freceipts&number=" + number)
        .required("timeMillis")
        .asLong();
  }

  private void admit() throws IOException {
    Bytes32 key = Bytes32.of(owner.publicKey().bytes());
    ledger.decide(proposals -> proposals.provider(key, true));
  }

  private Bytes32 rewarded() {
    return EconomyTransactions.account(owner.publicKey(), "NEX", 0);
  }

  private List<Step> claims() throws IOException {
    return log.since(Instant.EPOCH).stream()
        .filter(step -> step.operation().equals(ClaimReceipts.OPERATION))
        .toList();
  }

  private long transactions() throws IOException {
    return ledger.client().sequence(owner.publicKey());
  }

  @Test
  void aWindowIsClaimedOnceItIsOver() throws Exception {
    long window = work() / HOUR.toMillis() * HOUR.toMillis();
    ClaimDuty duty = duty();
    duty.pass(ledger.client());
    assertEquals(List.of(), claims(), "not admitted");
    admit();
    if (clock.now().toEpochMilli() < window + HOUR.toMillis()) {
      duty.pass(ledger.client());
      assertEquals(List.of(), claims(), "the window is not over");
    }
    ledger.skip(HOUR);
    duty.pass(ledger.client());
    long reward = ledger.available(rewarded());
    assertEquals(480_519_480_519L, reward, "docs/formats/billing.md");
    assertEquals(new Outcome.Done(), claims().getFirst().outcome());
    assertEquals(
        "window/" + Instant.ofEpochMilli(window), claims().getFirst().subjects().getFirst().name());
    long before = transactions();
    duty.pass(ledger.client());
    duty().pass(ledger.client());
    assertEquals(before, transactions(), "nothing is claimed twice");
    ledger.skip(HOUR);
    work();
    ledger.skip(HOUR);
    duty.pass(ledger.client());
    assertTrue(ledger.available(rewarded()) > reward, "the next window, too");
    assertEquals(2, claims().size());
    ledger.closeAndAudit();
  }

  @Test
  void aClaimWhoseAnswerIsLostIsPaidAndReceiptedOnce() throws Exception {
    paidOnceThough(FlakyRelay.Fate.LOSE_ANSWER);
  }

  @Test
  void aClaimThatIsLostIsPaidAndReceiptedOnce() throws Exception {
    paidOnceThough(FlakyRelay.Fate.LOSE_REQUEST);
  }

  /** The process dies in its submission, and once more between the receipt and its file. */
  private void paidOnceThough(FlakyRelay.Fate fate) throws Exception {
    admit();
    work();
    ledger.skip(HOUR);
    duty().pass(ledger.client());
    assertEquals(1, claims().size(), "the account of rewards is open from here on");
    work();
    ledger.skip(HOUR);
    Path file = folder.resolve("claims").resolve("claims.json");
    byte[] before = Files.readAllBytes(file);
    try (FlakyRelay relay =
            new FlakyRelay(ledger.uri(), () -> wrote(file, before) ? fate : FlakyRelay.Fate.PASS);
        LedgerClient flaky = new LedgerClient(relay.uri())) {
      ClaimDuty died = duty();
      assertThrows(IOException.class, () -> died.pass(flaky));
    }
    byte[] begun = Files.readAllBytes(file);
    assertEquals(1, claims().size(), "it died before it knew");
    duty().pass(ledger.client());
    assertEquals(2, claims().size());
    long reward = ledger.available(rewarded());
    long paid = transactions();

    Files.write(file, begun);
    duty().pass(ledger.client());
    duty().pass(ledger.client());
    assertEquals(2, claims().size(), "it died between the receipt and the file");
    assertEquals(reward, ledger.available(rewarded()));
    assertEquals(paid, transactions(), "the same bytes get the same answer");
    ledger.closeAndAudit();
  }

  /** Whether a claim was begun: its submission comes next. */
  private static boolean wrote(Path file, byte[] before) {
    try {
      return !Arrays.equals(before, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aClaimThatIsRefusedIsReceiptedAndNotMadeAgain() throws Exception {
    admit();
    ledger.steps(
        ledger.governor(), new EconomyTransactions().open("NEX", 0, false, 0).close(rewarded()));
    work();
    ledger.skip(HOUR);
    ClaimDuty duty = duty();
    duty.pass(ledger.client());
    assertEquals(
        new Outcome.Failed("TRANSFER_CREDIT_ACCOUNT_CLOSED"), claims().getFirst().outcome());
    long before = transactions();
    duty.pass(ledger.client());
    duty().pass(ledger.client());
    assertEquals(before, transactions());
    assertEquals(1, claims().size());
  }

  @Test
  void whatAClaimMadeByHandLeftOutIsClaimedAsAnotherPart() throws Exception {
    admit();
    ledger.steps(ledger.governor(), new EconomyTransactions().open("NEX", 0, false, 0));
    long now = clock.now().toEpochMilli();
    ledger.skip(HOUR.minusMillis(now % HOUR.toMillis()).plusMinutes(1));
    long window = work() / HOUR.toMillis() * HOUR.toMillis();
    work();
    ledger.skip(HOUR);
    ledger.apply(
        owner,
        (transactions, sender, place) ->
            new EconomyRequests(transactions, sender, place)
                .claim(window, List.of(new EconomyRequests.Cited(ORIGIN, 0, 1))));
    ClaimDuty duty = duty();
    duty.pass(ledger.client());
    duty.pass(ledger.client());
    assertEquals(List.of(new Outcome.Done()), claims().stream().map(Step::outcome).toList());
    assertEquals(
        649_122_807_017L, ledger.available(rewarded()), "1.85 / 2.85 of 1,000, as at once");
    work();
    ledger.skip(HOUR);
    duty.pass(ledger.client());
    assertEquals(2, claims().size());
    ledger.closeAndAudit();
  }

  @Test
  void aWindowInWhichNothingWasUsedIsNotClaimed() throws Exception {
    admit();
    work(Usage.NONE);
    ledger.skip(HOUR);
    ClaimDuty duty = duty();
    long before = transactions();
    duty.pass(ledger.client());
    assertEquals(before, transactions(), "no fee for a claim that would be refused");
    work();
    ledger.skip(HOUR);
    duty.pass(ledger.client());
    duty.pass(ledger.client());
    assertEquals(List.of(new Outcome.Done()), claims().stream().map(Step::outcome).toList());
  }

  @Test
  void aPolicyMayForbidClaims() throws Exception {
    admit();
    work();
    ledger.skip(HOUR);
    PolicyDocument none = PolicyDocument.parse("version: 1\ndefault: deny\n");
    ClaimDuty duty =
        new ClaimDuty(
            new ProviderSettings(ORIGIN, owner, folder.resolve("claims"), log, none, clock));
    long before = transactions();
    duty.pass(ledger.client());
    duty.pass(ledger.client());
    assertEquals(before, transactions());
    assertEquals(List.of(new Outcome.Denied()), claims().stream().map(Step::outcome).toList());
  }
}
