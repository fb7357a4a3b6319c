package io.metanode.billing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.Sha256;
import io.metanode.economy.BillAccount;
import io.metanode.economy.BillPeriod;
import io.metanode.economy.InvoiceIssue;
import io.metanode.economy.InvoiceTerms;
import io.metanode.economy.PaymentOffer;
import io.metanode.economy.PaymentStatus;
import io.metanode.economy.PaymentVerdict;
import io.metanode.economy.Prices;
import io.metanode.economy.SettledHour;
import io.metanode.foundation.Bytes32;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.LoggedReceipt;
import io.metanode.receipts.Usage;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hours settled on a disk, by a process that may end at any step. */
class HourlyBillingIT {

  private static final long[] LIST = {20_000, 10_000, 1_000_000, 30_000, 50_000};

  @TempDir Path directory;

  private HourlyBilling billing(LogInMemory log, Path home, VirtualClock clock) {
    BillFiles files = new BillFiles(home);
    return new HourlyBilling(
        files, PriceSource.of(files.prices()), log, log, UsageSteps.DIGEST, clock);
  }

  @Test
  void amountsAndRemaindersAreTheChargeOfAllUsageWhateverCrashes() {
    int[] run = {0};
    Property.check(
        "billed exactly once",
        25,
        gen -> {
          Path home = directory.resolve("run" + run[0]++);
          VirtualClock clock = new VirtualClock();
          LogInMemory log = new LogInMemory(() -> gen.oneIn(40));
          HourlyBilling billing = billing(log, home, clock);
          List<byte[]> states = new ArrayList<>();
          for (int step = gen.intBetween(20, 200); step > 0; step--) {
            clock.advance(Duration.ofSeconds(gen.between(0, gen.pick(10, 600, 9_000))));
            if (gen.oneIn(3)) {
              billing = pass(billing, log, home, clock, gen, states);
            } else {
              // Some receipts are finished a little before they are in the log.
              log.add(UsageSteps.any(gen, clock.now().minusMillis(gen.between(0, 5_000))));
            }
          }
          clock.advance(Duration.ofHours(2));
          for (int i = 0; i < 100; i++) {
            billing = pass(billing, log, home, clock, gen, states);
          }
          verify(log, home);
        });
  }

  /** A pass; where it is cut short, another process goes on with what the disk may hold then. */
  private HourlyBilling pass(
      HourlyBilling billing,
      LogInMemory log,
      Path home,
      VirtualClock clock,
      Gen gen,
      List<byte[]> states)
      throws IOException {
    Path state = home.resolve("state.json");
    try {
      billing.pass();
      if (Files.exists(state)) {
        states.add(Files.readAllBytes(state));
      }
      return billing;
    } catch (IOException e) {
      assertEquals("the process ends here", String.valueOf(e.getMessage()));
      if (!states.isEmpty() && gen.bool()) {
        Files.write(state, gen.pick(states));
      } else if (gen.bool()) {
        Files.deleteIfExists(state);
      }
      return billing(log, home, clock);
    }
  }

  private static void verify(LogInMemory log, Path home) throws IOException {
    LogMeter derived = new LogMeter(LogInMemory.ORIGIN, Prices.FIRST);
    List<SettledHour> settled = new ArrayList<>();
    for (LoggedReceipt receipt : log.all()) {
      settled.addAll(derived.accept(receipt));
    }
    assertEquals(List.of(), derived.faults());
    BillFiles files = new BillFiles(home);
    for (SettledHour hour : settled) {
      assertArrayEquals(
          hour.json(), Files.readAllBytes(files.settlement(hour.tenant(), hour.hour())));
    }
    assertEquals(settled.size(), filesIn(home.resolve("settlements")));
    long closes = log.all().stream().filter(r -> BillReceipts.closing(r).isPresent()).count();
    long hours = settled.stream().map(SettledHour::hour).distinct().count();
    assertEquals(hours, closes, "each hour is closed once");
    for (String tenant : UsageSteps.TENANTS) {
      BigInteger billed =
          settled.stream()
              .filter(hour -> hour.tenant().equals(tenant))
              .map(hour -> BigInteger.valueOf(hour.amount()))
              .reduce(BigInteger.ZERO, BigInteger::add);
      JsonNode statement =
          new JsonMapper()
              .readTree(derived.bills().documents().statement(Optional.of(tenant), BillPeriod.ALL));
      BigInteger rest =
          statement.path("tenants").isEmpty()
              ? BigInteger.ZERO
              : new BigDecimal(statement.path("tenants").path(0).path("open").asString())
                  .movePointRight(15)
                  .toBigIntegerExact();
      assertTrue(rest.compareTo(BigInteger.TEN.pow(6)) < 0, "all that is left is a remainder");
      assertEquals(exact(log, tenant), billed.multiply(BigInteger.TEN.pow(6)).add(rest));
    }
  }

  private static long filesIn(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** What a tenant's usage costs in one sum, in 10⁻¹⁵ NEX. */
  private static BigInteger exact(LogInMemory log, String tenant) {
    BigInteger sum = BigInteger.ZERO;
    for (LoggedReceipt receipt : log.all()) {
      Optional<Account> account = receipt.receipt().step().account();
      if (account.isPresent() && account.get().tenant().equals(tenant)) {
        Usage u = receipt.receipt().step().usage();
        long[] used = {u.cpuMs(), u.memoryMbS(), u.storageGbDay(), u.egressMb(), u.receiptsCount()};
        for (int i = 0; i < used.length; i++) {
          sum = sum.add(BigInteger.valueOf(used[i]).multiply(BigInteger.valueOf(LIST[i])));
        }
      }
    }
    return sum;
  }

  @Test
  void whatIsPaidIsOwedNoMoreAndOnlyOnce() throws IOException {
    VirtualClock clock = new VirtualClock();
    LogInMemory log = new LogInMemory(() -> false);
    HourlyBilling billing = billing(log, directory, clock);
    Usage usage = new Usage(0, 0, 0, 0, 1_000_000);
    log.add(UsageSteps.used(new Account("acme", "-"), "a1", usage, clock.now()));
    billing.pass();
    clock.advance(Duration.ofHours(1));
    billing.pass();
    log.add(UsageSteps.used(new Account("acme", "-"), "a1", usage, clock.now()));
    billing.pass();
    assertEquals(100_000, billing.owed("acme"));
    Bytes32 settlement = settlement();
    Actor owner = Actor.system("owner");
    assertRefused(PaymentStatus.WRONG_TENANT, billing, said("zen", settlement));
    assertRefused(PaymentStatus.UNKNOWN_BILL, billing, said("acme", Bytes32.ZERO));
    HourlyBilling.Receipted part =
        billing.paid(owner, PaymentOffer.said("acme", settlement, OptionalLong.of(20_000)));
    assertEquals(3, part.index());
    assertEquals(PaymentStatus.PARTIAL, part.verdict().status());
    assertEquals(80_000, billing.owed("acme"));
    assertEquals(
        30_000, billing.paid(owner, said("acme", settlement)).verdict().amount(), "the rest");
    assertEquals(50_000, billing.owed("acme"));
    assertRefused(PaymentStatus.PAID_BEFORE, billing, said("acme", settlement));
    HourlyBilling restarted = billing(log, directory, clock);
    assertEquals(50_000, restarted.owed("acme"));
    assertRefused(PaymentStatus.PAID_BEFORE, restarted, said("acme", settlement));
  }

  private static PaymentOffer said(String tenant, Bytes32 settlement) {
    return PaymentOffer.said(tenant, settlement, OptionalLong.empty());
  }

  private static void assertRefused(
      PaymentStatus status, HourlyBilling billing, PaymentOffer offer) {
    IOException refused =
        assertThrows(IOException.class, () -> billing.paid(Actor.system("owner"), offer));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(status.name()), refused::toString);
  }

  @Test
  void anIssuedInvoiceIsWhatItsSettlementsCostWithTax() throws Exception {
    VirtualClock clock = new VirtualClock();
    LogInMemory log = new LogInMemory(() -> false);
    HourlyBilling billing = billing(log, directory, clock);
    Usage usage = new Usage(0, 0, 0, 0, 1_000_000);
    for (int hour = 0; hour < 3; hour++) {
      log.add(UsageSteps.used(new Account("acme", "-"), "a1", usage, clock.now()));
      clock.advance(Duration.ofHours(1));
      billing.pass();
    }
    InvoiceTerms terms =
        InvoiceTerms.read(
            "{\"type\":\"https://metanode.io/BillingTerms/v1\",\"vat\":{\"receipts\":\"2000\"}}"
                .getBytes(StandardCharsets.UTF_8));
    LogMeter meter = new LogMeter(LogInMemory.ORIGIN, Prices.FIRST);
    log.all().forEach(meter::accept);
    byte[] invoice =
        meter
            .bills()
            .documents()
            .invoice("acme", BillPeriod.ALL, false, Optional.of("2026/1"), terms)
            .orElseThrow();
    Bytes32 digest = Bytes32.of(Sha256.of(invoice));
    Bytes32 first = InvoiceIssue.of(invoice).first();
    Actor owner = Actor.system("owner");
    billing.paid(owner, PaymentOffer.said("acme", first, OptionalLong.of(70_000)));
    assertEquals(150_000 - 70_000, billing.owed("acme"), "20,000 of it as credit");

    assertThrows(IOException.class, () -> billing.issue(owner, new byte[] {'{', '}'}));
    byte[] interim =
        new String(invoice, StandardCharsets.UTF_8)
            .replace("\"interim\":\"false\"", "\"interim\":\"true\"")
            .getBytes(StandardCharsets.UTF_8);
    assertThrows(IOException.class, () -> billing.issue(owner, interim));
    billing.issue(owner, invoice);
    IOException again = assertThrows(IOException.class, () -> billing.issue(owner, invoice));
    assertTrue(String.valueOf(again.getMessage()).startsWith("ISSUED_BEFORE"), again::toString);
    assertEquals(180_000 - 70_000, billing.owed("acme"));
    PaymentVerdict through =
        billing.paid(owner, PaymentOffer.said("acme", first, OptionalLong.of(10_000))).verdict();
    assertEquals(120_000, through.left(), "what names a settlement pays its invoice");
    assertEquals(
        20_000, billing.paid(owner, PaymentOffer.fromCredit("acme", digest)).verdict().amount());
    HourlyBilling restarted = billing(log, directory, clock);
    assertEquals(100_000, restarted.owed("acme"));
    assertEquals(
        PaymentStatus.PAID, restarted.paid(owner, said("acme", digest)).verdict().status());
    assertEquals(0, restarted.owed("acme"));
    LogMeter whole = new LogMeter(LogInMemory.ORIGIN, Prices.FIRST);
    log.all().forEach(whole::accept);
    assertEquals(List.of(), whole.faults());
    assertEquals(
        new BillAccount(180_000, 180_000, List.of(digest.toString())),
        whole.bills().documents().account(invoice).orElseThrow());
  }

  private Bytes32 settlement() throws IOException {
    Path folder = directory.resolve("settlements/acme");
    try (Stream<Path> files = Files.list(folder)) {
      JsonNode json = new JsonMapper().readTree(Files.readString(files.findFirst().orElseThrow()));
      return Bytes32.ofHex(json.path("settlement").path("digest").asString());
    }
  }

  @Test
  void anIdleNodeWritesNothing() throws IOException {
    VirtualClock clock = new VirtualClock();
    LogInMemory log = new LogInMemory(() -> false);
    HourlyBilling billing = billing(log, directory, clock);
    for (int hour = 0; hour < 5; hour++) {
      billing.pass();
      clock.advance(Duration.ofHours(1));
    }
    assertEquals(0, log.all().size());
  }

  @Test
  void aPriceBookThatWasChangedStopsBillsUntilItIsBack() throws IOException {
    VirtualClock clock = new VirtualClock();
    LogInMemory log = new LogInMemory(() -> false);
    HourlyBilling billing = billing(log, directory, clock);
    Usage usage = new Usage(1_000_000, 0, 0, 0, 1_000_000);
    log.add(UsageSteps.used(new Account("acme", "-"), "a1", usage, clock.now()));
    billing.pass();
    clock.advance(Duration.ofHours(1));
    billing.pass();
    billing.pass();
    String first = new String(Prices.FIRST.json(), StandardCharsets.UTF_8);
    Path file = Files.createDirectories(directory).resolve("prices.json");
    Files.writeString(file, first.replace("0.000020000", "0.000030000"));
    IOException changed = assertThrows(IOException.class, billing::pass);
    assertTrue(String.valueOf(changed.getMessage()).contains("only added to"));
    IOException restarted =
        assertThrows(IOException.class, () -> billing(log, directory, clock).pass());
    assertTrue(String.valueOf(restarted.getMessage()).contains("cannot have become this one"));

    String second =
        first
            .substring(first.indexOf("{\"from\""), first.length() - 2)
            .replace("1970-01-01T00:00:00Z", "2026-01-01T01:30:00Z")
            .replace("0.000020000", "0.000040000")
            .replace("\"version\":\"1\"", "\"version\":\"2\"");
    clock.advance(Duration.ofMinutes(45));
    Files.writeString(file, first.replace("}]}", "}," + second + "]}"));
    billing.pass(); // It began a quarter of an hour ago, in an hour that is not closed.
    log.add(UsageSteps.used(new Account("acme", "-"), "a1", usage, clock.now()));
    billing.pass();
    clock.advance(Duration.ofMinutes(30));
    log.add(UsageSteps.used(new Account("acme", "-"), "a1", usage, clock.now()));
    billing.pass();
    // A receipt and a millisecond in each of three hours; the second prices hold when the third
    // begins.
    assertEquals(70_000 + 70_000 + 90_000, billing.owed("acme"));
    assertEquals(0, billing.owed("nobody"));
  }
}
