package io.metanode.cli.bill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.CommandException;
import io.metanode.cli.economy.EconomyShell;
import io.metanode.economy.Prices;
import io.metanode.economy.ProvedPrices;
import io.metanode.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger's proof of its price book, and what it does not prove. */
final class PricesProofIT {

  @TempDir Path folder;

  private static PricesProofOption of(Path proof, Path genesis) {
    PricesProofOption prices = new PricesProofOption();
    prices.proof = proof;
    prices.genesis = genesis;
    return prices;
  }

  /** A bill as far as its hours matter. */
  private static byte[] bill(Instant to) {
    return """
        {"from":"1970-01-01T00:00:00Z","interim":"false","log":{"origin":"log","size":"1"},\
        "number":"R-1","reverseCharge":"false","tax":[],"tenant":"acme","to":"%s",\
        "type":"https://metanode.io/Invoice/v1"}"""
        .formatted(to)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aProofSaysWhichPricesHoldInTheHoursBeforeIt() throws Exception {
    Path proof = folder.resolve("proof");
    try (EconomyShell shell = new EconomyShell(folder, new Gen(19))) {
      Path genesis = shell.home().genesis();
      shell.prove("prices", proof);
      ProvedPrices proved = of(proof, genesis).read().orElseThrow();
      assertEquals(Prices.FIRST.digest(), proved.prices().digest());
      Instant hour = proved.until().truncatedTo(ChronoUnit.HOURS);
      assertEquals(List.of(), proved.lacks(bill(hour.plus(Duration.ofHours(1)))));
      String lacks = proved.lacks(bill(hour.plus(Duration.ofHours(2)))).getFirst();
      assertTrue(lacks.contains("may have been decided after it"), lacks);

      shell.enact("prices cpu_ms=0.00003 --from " + shell.in(Duration.ofDays(3)));
      shell.done("economy open FLX");
      shell.prove("prices", proof);
      assertTrue(
          !of(proof, genesis).read().orElseThrow().prices().digest().equals(Prices.FIRST.digest()));

      shell.prove("rules", proof);
      refused("something else", proof, genesis);
      try (EconomyShell other = new EconomyShell(folder.resolve("other"), new Gen(20))) {
        other.prove("prices", proof);
        refused("another chain", proof, genesis);
      }
      Files.writeString(proof, "{}");
      refused("does not prove", proof, genesis);
    }
  }

  private static void refused(String why, Path proof, Path genesis) {
    CommandException refused =
        assertThrows(CommandException.class, () -> of(proof, genesis).read());
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }
}
