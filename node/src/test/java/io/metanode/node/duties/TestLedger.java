package io.metanode.node.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.cli.ledger.Localnet;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.SigningException;
import io.metanode.economy.EconomyAudit;
import io.metanode.economy.EconomyModule;
import io.metanode.economy.EconomyProposals;
import io.metanode.economy.EconomyRequests;
import io.metanode.economy.EconomyTransactions;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerContents;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerNode;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import io.metanode.ledger.LedgerTransactions;
import io.metanode.testkit.Eventually;
import io.metanode.testkit.Gen;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Real validators whose time a test may skip; their governor has the GEN to decide at once. Where
 * there are several, they speak to each other over loopback.
 */
public final class TestLedger implements AutoCloseable {

  /** A price book in which a millisecond of CPU costs more than it does by the first one. */
  public static final Map<String, Long> PRICES =
      Map.of(
          "cpu_ms", 30_000L,
          "memory_mb_s", 1L,
          "storage_gb_day", 1L,
          "egress_mb", 1L,
          "receipts_count", 1L);

  private static final Duration WAIT = Duration.ofSeconds(20);

  private final List<LedgerHome> homes = new ArrayList<>();
  private final List<LedgerSettings> settings = new ArrayList<>();
  private final List<Optional<LedgerNode>> validators = new ArrayList<>();
  private final Gen gen = new Gen(23);
  private final SkippingClock clock;
  private final PrivateKeySigner governor;
  private final List<URI> uris = new ArrayList<>();
  private LedgerClient client;
  private int references = 1;

  /** One validator. */
  TestLedger(Path folder, SkippingClock clock, List<PrivateKeySigner> funded) throws IOException {
    this(folder, clock, funded, 1);
  }

  public TestLedger(Path folder, SkippingClock clock, List<PrivateKeySigner> funded, int validators)
      throws IOException {
    this.clock = clock;
    List<LedgerSetup.PublicKeys> keys = new ArrayList<>();
    for (int i = 0; i < validators; i++) {
      homes.add(new LedgerHome(folder.resolve("validator" + i)));
      keys.add(LedgerSetup.keys(homes.get(i), gen));
      this.validators.add(Optional.empty());
    }
    governor = LedgerSetup.signer(home().governorKey(), gen);
    byte[] genesis =
        LedgerSetup.genesis(
            keys,
            governor.publicKey(),
            funded.stream().map(PrivateKeySigner::publicKey).toList(),
            256,
            new EconomyModule(),
            clock);
    List<Integer> ports = Localnet.freePorts(2 * validators);
    Map<Ed25519PublicKey, LedgerSettings.Address> addresses = new HashMap<>();
    for (int i = 0; i < validators; i++) {
      addresses.put(keys.get(i).key(), loopback(ports.get(2 * i)));
    }
    for (int i = 0; i < validators; i++) {
      int api = ports.get(2 * i + 1);
      LedgerSettings alone = LedgerSettings.DEFAULT.idle(200);
      settings.add(
          validators == 1
              ? alone.at(loopback(api))
              : alone.at(loopback(api), loopback(ports.get(2 * i)), addresses));
      uris.add(URI.create("http://127.0.0.1:" + api));
      LedgerSetup.install(homes.get(i), genesis);
      start(i);
    }
    client = new LedgerClient(uri());
    if (validators > 1) {
      awaitBlocks();
    }
    Bytes32 voter = EconomyTransactions.account(governor.publicKey(), "GEN", 1);
    long locked = clock.now().plus(Duration.ofDays(90)).toEpochMilli();
    steps(
        governor,
        new EconomyTransactions()
            .open("GEN", 1, false, locked)
            .deposit(reference(), voter, "GEN", 15_000_000_000_000L));
  }

  private static LedgerSettings.Address loopback(int port) {
    return new LedgerSettings.Address("127.0.0.1", port);
  }

  private void awaitBlocks() throws IOException {
    try {
      Eventually.holds(
          "the first block", () -> client.get("/v1/status").required("height").asLong() > 1);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  public void start(int validator) throws IOException {
    validators.set(
        validator,
        Optional.of(
            LedgerNode.start(
                homes.get(validator),
                settings.get(validator),
                new EconomyModule(),
                "test",
                clock,
                gen.split())));
  }

  public void stop(int validator) throws IOException {
    LedgerNode running = validators.get(validator).orElseThrow();
    validators.set(validator, Optional.empty());
    running.close();
  }

  /** Has this class speak to another validator. */
  public void ask(int validator) {
    client.close();
    client = new LedgerClient(uris.get(validator));
  }

  URI uri() {
    return uris.getFirst();
  }

  public List<URI> uris() {
    return List.copyOf(uris);
  }

  public LedgerClient client() {
    return client;
  }

  public LedgerHome home() {
    return homes.getFirst();
  }

  public PrivateKeySigner governor() {
    return governor;
  }

  /** One that nobody chose before. */
  public Bytes32 reference() {
    return new Bytes32(7, 7, 7, references++);
  }

  public void steps(PrivateKeySigner sender, EconomyTransactions steps) throws IOException {
    apply(sender, (transactions, signer, place) -> steps.sign(transactions, signer, place));
  }

  void apply(PrivateKeySigner sender, LedgerSigner.Maker maker) throws IOException {
    LedgerTransactions.Signed signed = new LedgerSigner(sender).sign(client, maker);
    JsonNode answer = client.submit("/v1/transactions", signed.encoded(), WAIT);
    assertEquals("OK", answer.required("result").asString(), answer.toString());
  }

  /** What is proposed. */
  public interface Proposal {
    LedgerTransactions.Signed make(EconomyProposals proposals) throws SigningException;
  }

  /** Has the governor propose and decide; what waits is enacted after a day. */
  public void decide(Proposal proposal) throws IOException {
    Bytes32 chosen = reference();
    Bytes32 voter = EconomyTransactions.account(governor.publicKey(), "GEN", 1);
    apply(
        governor,
        (transactions, signer, place) ->
            proposal.make(
                new EconomyProposals(
                    new EconomyRequests(transactions, signer, place), chosen, voter)));
    Bytes32 id = EconomyRequests.proposal(governor.publicKey(), chosen);
    close(id);
    if (client.get("/v1/economy/proposals/" + id).required("phase").asString().equals("PASSED")) {
      clock.skip(Duration.ofHours(25));
      close(id);
    }
  }

  private void close(Bytes32 proposal) throws IOException {
    apply(
        governor,
        (transactions, signer, place) ->
            new EconomyRequests(transactions, signer, place).close(proposal));
  }

  /** Skips, and waits for a block after that. */
  public void skip(Duration by) throws Exception {
    clock.skip(by);
    long now = clock.now().toEpochMilli();
    Eventually.holds(
        "a block of the new time",
        () -> client.get("/v1/status").required("headTimeMillis").asLong() >= now);
  }

  public long available(Bytes32 account) throws IOException {
    return client.get("/v1/economy/accounts/" + account).required("available").asLong();
  }

  /** Stops, and audits all that the ledger holds. */
  public void closeAndAudit() throws IOException {
    close();
    for (LedgerHome home : homes) {
      EconomyAudit audit = EconomyAudit.of(LedgerContents.ofHome(home, new EconomyModule()));
      assertEquals(List.of(), audit.faults());
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    for (int i = 0; i < validators.size(); i++) {
      if (validators.get(i).isPresent()) {
        stop(i);
      }
    }
  }
}
