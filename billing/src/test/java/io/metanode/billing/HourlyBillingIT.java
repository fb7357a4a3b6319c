package io.metanode.billing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.BillPeriod;
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
    assertThrows(IOException.class, () -> billing.paid(owner, "zen", settlement));
    assertThrows(IOException.class, () -> billing.paid(owner, "acme", Bytes32.ZERO));
    assertEquals(3, billing.paid(owner, "acme", settlement));
    assertEquals(50_000, billing.owed("acme"));
    assertThrows(IOException.class, () -> billing.paid(owner, "acme", settlement));
    HourlyBilling restarted = billing(log, directory, clock);
    assertEquals(50_000, restarted.owed("acme"));
    assertThrows(IOException.class, () -> restarted.paid(owner, "acme", settlement));
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
