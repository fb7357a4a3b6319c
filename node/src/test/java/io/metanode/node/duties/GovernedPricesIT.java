package io.metanode.node.duties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.billing.BillFiles;
import io.metanode.economy.Prices;
import io.metanode.economy.ProvedPrices;
import io.metanode.ledger.LedgerProof;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The price book of a real ledger, proved and written down. */
final class GovernedPricesIT {

  private final SkippingClock clock = new SkippingClock();
  private final TestLedger ledger;
  private final BillFiles files;

  GovernedPricesIT(@TempDir Path folder) throws IOException {
    ledger = new TestLedger(folder.resolve("ledger"), clock, List.of());
    files = new BillFiles(Files.createDirectories(folder.resolve("bills")));
  }

  @AfterEach
  void stop() throws IOException {
    ledger.close();
  }

  private GovernedPrices open() throws IOException {
    return GovernedPrices.open(files, ledger.home().genesis());
  }

  private void decide(int version, Instant from) throws IOException {
    ledger.decide(proposals -> proposals.prices(version, from.toEpochMilli(), TestLedger.PRICES));
  }

  @Test
  void whatGovernanceDecidesIsProvedAndWrittenDown() throws Exception {
    GovernedPrices prices = open();
    assertEquals(Instant.EPOCH, prices.now().until(), "nothing is known of any hour");
    prices.pass(ledger.client());
    assertEquals(Prices.FIRST.digest(), prices.now().prices().digest());
    assertFalse(prices.now().until().isBefore(clock.now().minusSeconds(60)));

    decide(2, clock.now().plus(Duration.ofDays(3)));
    ledger.skip(Duration.ofMinutes(1));
    prices.pass(ledger.client());
    Prices second = prices.now().prices();
    assertTrue(second.extendsBook(Prices.FIRST) && !second.digest().equals(Prices.FIRST.digest()));
    assertArrayEquals(second.json(), Files.readAllBytes(files.prices()));

    ProvedPrices proved =
        ProvedPrices.of(
            LedgerProof.trusting(ledger.home().genesis()),
            new JsonMapper().readTree(Files.readAllBytes(files.pricesProof())));
    assertEquals(second.digest(), proved.prices().digest());
    assertEquals(second.digest(), open().now().prices().digest(), "known after a restart");
  }

  @Test
  void aFileOfOtherPricesIsNotWrittenOver() throws Exception {
    String own =
        new String(Prices.FIRST.json(), StandardCharsets.UTF_8)
            .replace("0.000020000", "0.000099000");
    Files.writeString(files.prices(), own);
    GovernedPrices prices = open();
    IOException refused = assertThrows(IOException.class, () -> prices.pass(ledger.client()));
    assertTrue(String.valueOf(refused.getMessage()).contains("move the file away"));
    assertEquals(own, Files.readString(files.prices()));
  }

  @Test
  void aValidatorOfAnotherChainProvesNothing(@TempDir Path folder) throws Exception {
    try (TestLedger other = new TestLedger(folder.resolve("other"), clock, List.of())) {
      GovernedPrices prices = open();
      IOException refused = assertThrows(IOException.class, () -> prices.pass(other.client()));
      assertTrue(String.valueOf(refused.getMessage()).contains("another chain"));
      assertFalse(Files.exists(files.prices()));
    }
  }
}
