package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.process.Finished;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.testkit.Eventually;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node over the ends of hours: a container that runs on is metered to the end of the hour, the
 * hour is settled and paid on the node's own ledger, and the node claims the reward of its work,
 * killed in the midst of it. The node's clock is ahead of the host's, so that nobody waits for an
 * hour.
 */
final class HoursIT {

  private static final String IMAGE = "metanode/hours:latest";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir(cleanup = CleanupMode.NEVER)
  Path home;

  private TestNode node = new TestNode(Path.of("/nonexistent"));
  private AheadNode process = new AheadNode(Path.of("/nonexistent"));

  @BeforeEach
  void start() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox");
    Files.writeString(
        home.resolve("metanode.yaml"),
        "ledger: {provider: on, logBlockSeconds: 1}\nbilling: {prices: ledger}\n");
    node = new TestNode(home);
    process = new AheadNode(home);
    process.start();
    BusyboxImage.ensure(node.docker(), IMAGE, home.resolve("image.tar"));
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.run("down", "--stop-containers");
    }
    process.kill();
  }

  private JsonNode economy(String typed) {
    List<String> words = new ArrayList<>(List.of("economy"));
    words.addAll(List.of(typed.split(" ")));
    words.addAll(List.of("-o", "json"));
    Finished done = node.run(words.toArray(String[]::new));
    assertEquals(0, done.exitCode(), typed + ": " + done.output());
    return JSON.readTree(done.output().substring(done.output().indexOf('{')));
  }

  private List<Step> receipted(String operation) throws Exception {
    LogReader log = node.receipts();
    List<Step> found = new ArrayList<>();
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.operation().equals(operation)) {
        found.add(step);
      }
    }
    return found;
  }

  @Test
  void anHourEndsIsSettledPaidAndRewarded() throws Exception {
    Eventually.holds("the ledger answers", () -> node.status().has("ledgerHeight"));
    String key = admit();
    settleAnHour();
    claimThroughKills(key);
    pay(key);
    Eventually.equal("clean", true, () -> economy("audit").required("clean").asBoolean());
  }

  private String admit() {
    String key = economy("key").required("key").asString();
    long locked = process.now().plus(Duration.ofDays(30)).toEpochMilli();
    String voter =
        economy("open GEN --number 1 --locked-until " + locked).required("account").asString();
    economy("deposit " + voter + " 15000 --token GEN");
    String proposal = economy("propose provider " + key + " on").required("proposal").asString();
    economy("decide " + proposal);
    return key;
  }

  /** A container runs over the end of an hour. */
  private void settleAnHour() throws Exception {
    process.stop();
    process.setBeforeHoursEnd(Duration.ofSeconds(25));
    process.start();
    Instant end = Instant.ofEpochSecond((process.now().getEpochSecond() / 3600 + 1) * 3600);
    Finished run =
        node.docker()
            .run(
                "run",
                "-d",
                "--name",
                "over",
                "--label",
                "io.metanode.tenant=acme",
                IMAGE,
                "sh",
                "-c",
                "while true; do i=$((i+1)); [ $((i % 100000)) -eq 0 ] && sleep 0.1; done");
    assertTrue(run.succeeded(), run.output());
    Eventually.holds("the hour is closed", () -> !receipted("bill.close").isEmpty());
    Step close = receipted("bill.close").getFirst();
    assertEquals(
        "hour/" + end.minusSeconds(3600),
        close.subjects().getFirst().name(),
        "the hour that ended");
    assertTrue(!close.finishedAt().isBefore(end), "once it was over");
    Step meter = receipted("container.meter").getFirst();
    assertTrue(
        meter.finishedAt().isBefore(end) && meter.finishedAt().isAfter(end.minusSeconds(30)),
        "in the last seconds of the hour: " + meter.finishedAt());
    assertTrue(meter.usage().cpuMs() > 0);
    Path bill = home.resolve("acme.json");
    Eventually.holds(
        "the hour is on the bill",
        () ->
            node.run(
                    "bill",
                    "show",
                    "--tenant",
                    "acme",
                    "--settled",
                    "-o",
                    "json",
                    "--file",
                    bill.toString())
                .succeeded());
    assertEquals(
        end.minusSeconds(3600).toString(),
        JSON.readTree(Files.readString(bill)).at("/settlements/0/hour").asString());
    Finished verified =
        node.run(
            "bill",
            "verify",
            bill.toString(),
            "--prices-proof",
            home.resolve("bills/prices.proof.json").toString(),
            "--genesis",
            home.resolve("ledger/genesis").toString());
    assertEquals(0, verified.exitCode(), verified.output());
    assertTrue(node.docker().run("rm", "-f", "over").succeeded());
  }

  /** The node dies as soon as a claim is under way, and again when it started. */
  private void claimThroughKills(String key) throws Exception {
    process.stop();
    process.setLater(Duration.ofHours(1));
    Path file = home.resolve("claims/claims.json");
    process.start();
    Eventually.holds(
        "a claim is under way, or done",
        () -> Files.exists(file) && Files.readString(file).contains("\"from\""));
    process.kill();
    process.start();
    Eventually.holds("a claim is receipted", () -> !receipted("poe.claim").isEmpty());
    Eventually.holds(
        "nothing is under way", () -> !Files.readString(file).contains("\"transaction\""));
    List<Step> claims = receipted("poe.claim");
    List<String> windows = claims.stream().map(c -> c.subjects().getFirst().name()).toList();
    assertEquals(windows.stream().distinct().toList(), windows, "each window once");
    claims.forEach(claim -> assertEquals(new Outcome.Done(), claim.outcome()));
    long begin = Instant.parse(windows.getFirst().substring("window/".length())).toEpochMilli();
    long reward = economy("show windows " + key + " " + begin).required("reward").asLong();
    assertTrue(reward > 0);
    long rewards = 0;
    for (String window : windows) {
      long at = Instant.parse(window.substring("window/".length())).toEpochMilli();
      rewards += economy("show windows " + key + " " + at).required("reward").asLong();
    }
    assertEquals(rewards, economy("show accounts NEX").required("available").asLong());
  }

  /** The tenant pays from an account of its own, with the settlement's digest as memo. */
  private void pay(String key) throws Exception {
    Path tenant = home.resolve("tenant.pem");
    String wallet = economy("key --new " + tenant).required("key").asString();
    for (String asset : List.of("FLX", "NEX")) {
      Finished sent = node.run("ledger", "tx", "transfer", wallet, "10", "--asset", asset);
      assertTrue(sent.succeeded(), asset + ": " + sent.output());
    }
    String by = " --key " + tenant;
    String account = economy("open NEX" + by).required("account").asString();
    economy("deposit " + account + " 10" + by);
    JsonNode settlement =
        JSON.readTree(Files.readString(home.resolve("acme.json"))).at("/settlements/0");
    String payee = economy("show accounts NEX").required("account").asString();
    String digest = settlement.path("digest").asString();
    BigDecimal amount = new BigDecimal(settlement.path("amount").asString());
    BigDecimal part = amount.subtract(new BigDecimal("0.000000001"));
    String transfer = "transfer " + payee + " %s --memo " + digest + by;
    economy(transfer.formatted(part.toPlainString()));
    // Wherever the kill falls: before the transfer is seen, receipted, or written down as seen.
    process.kill();
    process.start();
    Eventually.equal("a part is paid", 1, () -> receipted("bill.paid").size());
    assertEquals(part, new BigDecimal(statement().at("/settlements/0/paid").asString()));
    process.kill();
    Files.deleteIfExists(home.resolve("bills/payments.json"));
    process.start();
    Eventually.holds("the ledger answers", () -> node.status().has("ledgerHeight"));
    economy(transfer.formatted("1"));
    Eventually.equal("the rest is paid, and more", 2, () -> receipted("bill.paid").size());
    assertEquals(amount, new BigDecimal(statement().at("/settlements/0/paid").asString()));
    assertEquals("0.999999999", statement().path("credit").asString());
    process.kill();
    process.start();
    Eventually.holds("the ledger answers", () -> node.status().has("ledgerHeight"));
    economy("show providers " + key);
    assertEquals(2, receipted("bill.paid").size());
    Finished shown = node.run("bill", "verify", home.resolve("acme.json").toString());
    assertTrue(shown.output().contains("owed 0.000000000"), shown.output());
  }

  /** What the tenant owes, as the log says. */
  private JsonNode statement() {
    Finished told = node.run("bill", "statement", "--tenant", "acme", "-o", "json");
    assertEquals(0, told.exitCode(), told.output());
    return JSON.readTree(told.output().substring(told.output().indexOf('{'))).at("/tenants/0");
  }
}
