package io.metanode.cli.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Everything people can ask of the economy, typed, on a real validator. */
final class EconomyCommandsIT {

  private static final long UNIT = 1_000_000_000;

  @TempDir Path folder;

  private EconomyShell shell() throws Exception {
    return new EconomyShell(folder, new Gen(17));
  }

  private static long aur(EconomyShell shell, String what) {
    return shell.done("economy show aur").required(what).asLong();
  }

  /** Each source quotes, and the epoch ends while that is fresh. */
  private static JsonNode quote(EconomyShell shell, String... prices) {
    shell.skip(Duration.ofMinutes(56));
    for (int i = 0; i < prices.length; i++) {
      shell.done("economy quote " + prices[i] + " --key " + shell.file("source" + i));
    }
    shell.skip(Duration.ofMinutes(5));
    shell.done("economy quote " + prices[0] + " --key " + shell.file("source0"));
    return shell.done("economy show rate");
  }

  @Test
  void goldIsAttestedPricedIssuedTakenAndRedeemed() throws Exception {
    try (EconomyShell shell = shell()) {
      String notaries =
          shell.key("notary0") + " " + shell.key("notary1") + " " + shell.key("notary2");
      String sources =
          shell.key("source0") + " " + shell.key("source1") + " " + shell.key("source2");
      shell.enact("notaries --threshold 2 " + notaries);
      shell.enact("sources " + sources);
      shell.enact("bank " + shell.key("bank") + " on");
      String bank = shell.local("economy key " + shell.file("bank")).at("/accounts/AUR").asString();
      assertEquals(2, shell.done("economy show notaries").required("threshold").asInt());

      Path statement = shell.file("statement");
      Files.writeString(shell.file("report"), "1000 g of gold in vault 7");
      shell.local(
          "economy attestation new %s 1000 --report %s --as-of %s"
              .formatted(statement, shell.file("report"), shell.in(Duration.ofSeconds(-1))));
      shell.local("economy attestation sign " + statement + " --key " + shell.file("notary0"));
      shell.fails("1 of the ledger's notaries signed", "economy attestation submit " + statement);
      shell.local("economy attestation sign " + statement + " --key " + shell.file("notary2"));
      shell.done("economy attestation submit " + statement);
      assertEquals(1_000 * UNIT, aur(shell, "reserve"));

      assertEquals(
          10_030_000_000L, quote(shell, "10", "10.03", "10.05").at("/posted/0/price").asLong());
      String byNotary = " --key " + shell.file("notary1");
      String first = "01".repeat(32);
      shell.done("economy issue %s 600 --settlement %s".formatted(bank, first) + byNotary);
      assertEquals(600 * UNIT, aur(shell, "inTransit"));
      shell.refused("NOT_BACKED", "economy show aur", "economy issue " + bank + " 400" + byNotary);
      shell.refused("NOT_A_NOTARY", "propose notaries", "economy issue " + bank + " 1");
      shell.refused("NOT_PAYEE", "--key", "economy accept " + first + byNotary);
      String byBank = " --key " + shell.file("bank");
      shell.done("economy accept " + first + byBank);
      assertEquals(600 * UNIT, aur(shell, "outstanding"));
      assertEquals(0, aur(shell, "inTransit"));

      String second = "02".repeat(32);
      shell.done("economy issue %s 300 --settlement %s".formatted(bank, second) + byNotary);
      shell.skip(Duration.ofSeconds(61));
      shell.refused("TRANSFER_PENDING_EXPIRED", "never was", "economy accept " + second + byBank);
      assertEquals(0, aur(shell, "inTransit"));
      assertEquals(600 * UNIT, aur(shell, "outstanding"), "what was not taken never was");

      assertTrue(quote(shell, "10", "10.03", "12").required("disagree").asBoolean());
      shell.refused("PRICES_DISAGREE", "show rate", "economy issue " + bank + " 1" + byNotary);
      shell.done("economy redeem 600" + byBank);
      assertEquals(0, aur(shell, "outstanding"));
      quote(shell, "10", "10.03", "10.05");
      JsonNode audit = shell.done("economy audit");
      assertTrue(audit.required("clean").asBoolean(), audit.toString());
      assertEquals("0.000000000", audit.at("/AUR/supply").asString());
    }
  }

  @Test
  void rulesAndPricesAreGoverned() throws Exception {
    try (EconomyShell shell = shell()) {
      assertTrue(
          shell.done("economy audit").required("clean").asBoolean(), "on a chain just begun");
      shell.fails("no rule [nonsense]", "economy propose rules nonsense=1");
      shell.fails("no epoch of 1 ms", "economy propose rules epochMillis=1");
      shell.enact("rules windowMillis=60000 weight.cpu_ms=300000 weight.egress_mb=200000");
      JsonNode rules = shell.done("economy show rules");
      assertEquals(60_000, rules.required("windowMillis").asLong());
      assertEquals(200_000, rules.required("weight.egress_mb").asLong());
      assertEquals(3_600_000, rules.required("epochMillis").asLong(), "not named, not changed");

      shell.fails(
          "--from must be after",
          "economy propose prices cpu_ms=1 --from " + shell.in(Duration.ofHours(3)));
      shell.fails(
          "no component gpu",
          "economy propose prices gpu=1 --from " + shell.in(Duration.ofDays(3)));
      shell.enact("prices cpu_ms=0.00003 --from " + shell.in(Duration.ofDays(3)));
      JsonNode book = shell.done("economy show prices");
      assertEquals(2, book.required("lists").size());
      assertEquals(30_000, book.at("/lists/1/cpu_ms").asLong());
      assertEquals(10_000, book.at("/lists/1/memory_mb_s").asLong());

      JsonNode governance = shell.done("economy show governance");
      assertEquals(20_000 * UNIT, governance.required("votable").asLong());
      JsonNode proposals = shell.done("economy list proposals").required("proposals");
      assertEquals(2, proposals.size());
      assertEquals(2, proposals.at("/1/change/prices/version").asInt());
      shell.key("stranger");
      shell.refused(
          "VOTER_UNKNOWN",
          "--number 1",
          "economy propose rules band=1 --key " + shell.file("stranger"));
    }
  }

  @Test
  void othersVote() throws Exception {
    try (EconomyShell shell = shell()) {
      String holder = shell.key("holder");
      String by = " --key " + shell.file("holder");
      shell.done("ledger tx transfer " + holder + " 3000 --asset GEN");
      long locked = shell.nowMillis() + 90L * 86_400_000;
      String voter =
          shell
              .done("economy open GEN --number 1 --locked-until " + locked + by)
              .required("account")
              .asString();
      shell.done("economy deposit --token GEN " + voter + " 3000" + by);
      String id =
          shell.done("economy propose provider " + holder + " on").required("proposal").asString();
      shell.done("economy vote " + id + " no" + by);
      shell.refused("VOTER_VOTED", "", "economy vote " + id + " yes" + by);
      JsonNode open = shell.done("economy show proposals " + id);
      assertEquals(15_000 * UNIT, open.required("yes").asLong());
      assertEquals(3_000 * UNIT, open.required("no").asLong());
      shell.done("economy decide " + id);
      assertTrue(
          shell.done("economy show providers " + holder).required("admitted").asBoolean(),
          "more than half of all GEN");
      shell.refused("PROPOSAL_CLOSED", "", "economy vote " + id + " yes" + by);
      shell.refused("PROPOSAL_DONE", "", "economy decide " + id);
    }
  }

  @Test
  void anAmountIsHeldAndTakenOrGivenBack() throws Exception {
    try (EconomyShell shell = shell()) {
      String provider = shell.key("provider");
      String by = " --key " + shell.file("provider");
      String paid = shell.done("economy open NEX" + by).required("account").asString();
      String own = shell.done("economy open NEX").required("account").asString();
      shell.done("economy deposit " + own + " 20");
      String held =
          shell.done("economy pending " + paid + " 5 --timeout 60").required("transfer").asString();
      shell.refused("NOT_PAYEE", "--key", "economy post " + held);
      shell.done("economy post " + held + " 3 --memo " + "07".repeat(32) + by);
      String freed = shell.done("economy pending " + paid + " 5").required("transfer").asString();
      shell.done("economy void " + freed + by);
      String late =
          shell.done("economy pending " + paid + " 5 --timeout 60").required("transfer").asString();
      shell.skip(Duration.ofSeconds(61));
      shell.refused("TRANSFER_PENDING_EXPIRED", "payer", "economy post " + late + by);
      assertEquals(
          17 * UNIT, shell.done("economy show accounts " + own).required("available").asLong());
      List<String> owners =
          shell
              .done("economy list accounts")
              .required("accounts")
              .valueStream()
              .map(account -> account.required("owner").asString())
              .toList();
      assertTrue(owners.contains(provider), owners.toString());
      assertTrue(shell.done("economy audit").required("clean").asBoolean());
    }
  }
}
