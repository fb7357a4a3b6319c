package io.metanode.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.SystemClock;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerContents;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.LedgerNode;
import io.metanode.ledger.LedgerProof;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import io.metanode.ledger.LedgerTransactions;
import io.metanode.ledger.state.Amounts;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A tenant pays a provider on a real ledger of one validator, over its API. */
final class EconomyNodeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long UNIT = 1_000_000_000;

  @TempDir Path folder;

  private final Gen gen = new Gen(11);
  private final PrivateKeySigner tenant = PrivateKeySigner.generate(gen);
  private final PrivateKeySigner provider = PrivateKeySigner.generate(gen);
  private final Bytes32 tenants = EconomyTransactions.account(tenant.publicKey(), "NEX", 0);
  private final Bytes32 providers = EconomyTransactions.account(provider.publicKey(), "NEX", 0);
  private Optional<LedgerNode> node = Optional.empty();
  private Optional<LedgerClient> client = Optional.empty();

  private LedgerHome home() {
    return new LedgerHome(folder.resolve("validator"));
  }

  @BeforeEach
  void make() throws IOException {
    LedgerSetup.PublicKeys keys = LedgerSetup.keys(home(), gen);
    PrivateKeySigner governor = LedgerSetup.signer(home().governorKey(), gen);
    LedgerSetup.install(
        home(),
        LedgerSetup.genesis(
            List.of(keys),
            governor.publicKey(),
            List.of(tenant.publicKey(), provider.publicKey()),
            256,
            new EconomyModule(),
            SystemClock.INSTANCE));
    start();
  }

  private void start() throws IOException {
    LedgerNode started =
        LedgerNode.start(
            home(),
            LedgerSettings.DEFAULT.idle(200),
            new EconomyModule(),
            "test",
            SystemClock.INSTANCE,
            gen);
    node = Optional.of(started);
    client =
        Optional.of(
            new LedgerClient(URI.create("http://127.0.0.1:" + started.apiAddress().getPort())));
  }

  @AfterEach
  void stop() throws IOException {
    client.ifPresent(LedgerClient::close);
    if (node.isPresent()) {
      node.get().close();
    }
    node = Optional.empty();
  }

  private LedgerClient api() {
    return client.orElseThrow();
  }

  private JsonNode submit(PrivateKeySigner sender, EconomyTransactions steps)
      throws IOException, SigningException {
    JsonNode status = api().get("/v1/status");
    long sequence = api().sequence(sender.publicKey());
    LedgerTransactions transactions = LedgerTransactions.of(status);
    return api()
        .submit(
            "/v1/transactions",
            steps
                .sign(transactions, sender, new LedgerTransactions.Place(sequence, 1 << 30))
                .encoded(),
            PATIENCE);
  }

  private void apply(PrivateKeySigner sender, EconomyTransactions steps)
      throws IOException, SigningException {
    assertEquals("OK", submit(sender, steps).required("result").asString());
  }

  private static Bytes32 reference(long number) {
    return new Bytes32(1, 2, 3, number);
  }

  private long available(Bytes32 account) throws IOException {
    return api().get("/v1/economy/accounts/" + account).required("available").asLong();
  }

  /** Opens both accounts; the tenant holds 10 NEX for the provider, which takes 4 of them. */
  private void pay() throws IOException, SigningException {
    apply(
        tenant,
        new EconomyTransactions()
            .open("NEX", 0, false, 0)
            .deposit(reference(1), tenants, "NEX", 100 * UNIT));
    apply(provider, new EconomyTransactions().open("NEX", 0, true, 0));
    EconomyTransactions.Order order =
        new EconomyTransactions.Order(tenants, providers, "NEX", 10 * UNIT, 18, Bytes32.ZERO);
    apply(tenant, new EconomyTransactions().pending(reference(2), order, 3_600));
    Bytes32 held = EconomyTransactions.transfer(tenant.publicKey(), reference(2));
    apply(provider, new EconomyTransactions().post(reference(3), held, 4 * UNIT, reference(99)));
  }

  @Test
  void jobIsPaidAndEverythingSurvivesARestart() throws Exception {
    pay();
    assertEquals(96 * UNIT, available(tenants));
    assertEquals(4 * UNIT - 4 * UNIT * 7 / 1_000, available(providers), "less 0.7 % of fees");
    JsonNode posted =
        api()
            .get(
                "/v1/economy/transfers/"
                    + EconomyTransactions.transfer(provider.publicKey(), reference(3)));
    assertEquals(reference(99).toString(), posted.required("memo").asString());
    apply(
        provider,
        new EconomyTransactions()
            .withdraw(
                reference(4), providers, "NEX", UNIT, Bytes32.of(provider.publicKey().bytes())));
    JsonNode supply = api().get("/v1/economy/supply");
    assertEquals(300_000 * UNIT, supply.required("NEX").required("outstanding").asLong());
    stop();
    start();
    assertEquals(96 * UNIT, available(tenants));
    JsonNode refused = submit(tenant, new EconomyTransactions().freeze(providers));
    assertEquals("NOT_OWNER", refused.required("result").asString());
    assertEquals(449, refused.required("resultCode").asInt());
  }

  @Test
  void accountIsProvedOffline() throws Exception {
    pay();
    String path = "/v1/economy/accounts/" + tenants;
    JsonNode proof = proof(path);
    Map<String, String> facts = LedgerProof.trusting(home().genesis()).verify(proof);
    assertEquals(LedgerProof.moduleKey(new LedgerModule.Place(16, tenants)), facts.get("stateKey"));
    assertTrue(
        String.valueOf(facts.get("value")).startsWith("10" + tenants), "an account under its id");
    assertThrows(LedgerClient.RefusedException.class, () -> api().get("/v1/economy/supply?proof"));
    assertThrows(
        LedgerClient.RefusedException.class,
        () -> api().get("/v1/economy/accounts/" + reference(1)));
  }

  /** A proof is of the state before the last block, which names it. */
  private JsonNode proof(String path) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode proof = api().get(path + "?proof").required("proof");
      if (!proof.path("value").isNull() || System.nanoTime() > deadline) {
        return proof;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Test
  void anAuditOfARunningAndOfAStoppedLedgerFindsNothingWrong() throws Exception {
    pay();
    long paid = api().get("/v1/status").required("height").asLong();
    Path file = folder.resolve("snapshot");
    api().download("/v1/snapshot", file);
    EconomyAudit running = EconomyAudit.of(LedgerContents.ofSnapshot(home().genesis(), file));
    assertEquals(List.of(), running.faults());
    assertThrows(IOException.class, () -> LedgerContents.ofHome(home(), new EconomyModule()));
    stop();
    EconomyAudit stopped = EconomyAudit.of(LedgerContents.ofHome(home(), new EconomyModule()));
    assertEquals(List.of(), stopped.faults());
    assertTrue(Long.parseLong(String.valueOf(stopped.figures().get("height"))) >= paid);
  }

  @Test
  void aGenesisThatGivesMoreThanThereIsIsRefused() throws Exception {
    Genesis known = Genesis.decode(Bytes.of(Files.readAllBytes(home().genesis())));
    TreeMap<AccountId, Amounts> more = new TreeMap<>(known.accounts());
    more.put(new AccountId(reference(1)), new Amounts(50_000 * UNIT, 0, 0, 0));
    Genesis generous =
        new Genesis(
            known.parameters(), known.timeMillis(), known.governor(), known.validators(), more);
    LedgerHome other = new LedgerHome(folder.resolve("other"));
    LedgerSetup.keys(other, gen);
    LedgerSetup.install(other, generous.encode().toArray());
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                LedgerNode.start(
                    other,
                    LedgerSettings.DEFAULT,
                    new EconomyModule(),
                    "test",
                    SystemClock.INSTANCE,
                    gen));
    String why = String.valueOf(refused.getMessage());
    assertTrue(why.contains("70000.000000000 GEN to wallets, of 60000"), why);
  }
}
