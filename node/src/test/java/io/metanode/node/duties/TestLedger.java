package io.metanode.node.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.metanode.node.process.Eventually;
import io.metanode.testkit.Gen;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A real validator whose time a test may skip; its governor has the GEN to decide at once. */
final class TestLedger implements AutoCloseable {

  private static final Duration WAIT = Duration.ofSeconds(20);

  private final LedgerHome home;
  private final SkippingClock clock;
  private final PrivateKeySigner governor;
  private final LedgerNode validator;
  private final LedgerClient client;
  private int references = 1;

  TestLedger(Path folder, SkippingClock clock, List<PrivateKeySigner> funded) throws IOException {
    this.clock = clock;
    Gen gen = new Gen(23);
    home = new LedgerHome(folder);
    LedgerSetup.PublicKeys keys = LedgerSetup.keys(home, gen);
    governor = LedgerSetup.signer(home.governorKey(), gen);
    LedgerSetup.install(
        home,
        LedgerSetup.genesis(
            List.of(keys),
            governor.publicKey(),
            funded.stream().map(PrivateKeySigner::publicKey).toList(),
            256,
            new EconomyModule(),
            clock));
    validator =
        LedgerNode.start(
            home, LedgerSettings.DEFAULT.idle(200), new EconomyModule(), "test", clock, gen);
    client = new LedgerClient(uri());
    Bytes32 voter = EconomyTransactions.account(governor.publicKey(), "GEN", 1);
    long locked = clock.now().plus(Duration.ofDays(90)).toEpochMilli();
    steps(
        governor,
        new EconomyTransactions()
            .open("GEN", 1, false, locked)
            .deposit(reference(), voter, "GEN", 15_000_000_000_000L));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + validator.apiAddress().getPort());
  }

  LedgerClient client() {
    return client;
  }

  LedgerHome home() {
    return home;
  }

  PrivateKeySigner governor() {
    return governor;
  }

  /** One that nobody chose before. */
  Bytes32 reference() {
    return new Bytes32(7, 7, 7, references++);
  }

  void steps(PrivateKeySigner sender, EconomyTransactions steps) throws IOException {
    apply(sender, (transactions, signer, place) -> steps.sign(transactions, signer, place));
  }

  void apply(PrivateKeySigner sender, LedgerSigner.Maker maker) throws IOException {
    LedgerTransactions.Signed signed = new LedgerSigner(sender).sign(client, maker);
    JsonNode answer = client.submit("/v1/transactions", signed.encoded(), WAIT);
    assertEquals("OK", answer.required("result").asString(), answer.toString());
  }

  /** What is proposed. */
  interface Proposal {
    LedgerTransactions.Signed make(EconomyProposals proposals) throws SigningException;
  }

  /** Has the governor propose and decide; what waits is enacted after a day. */
  void decide(Proposal proposal) throws IOException {
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
  void skip(Duration by) throws Exception {
    clock.skip(by);
    long now = clock.now().toEpochMilli();
    Eventually.holds(
        "a block of the new time",
        () -> client.get("/v1/status").required("headTimeMillis").asLong() >= now);
  }

  long available(Bytes32 account) throws IOException {
    return client.get("/v1/economy/accounts/" + account).required("available").asLong();
  }

  /** Stops, and audits all that the ledger holds. */
  void closeAndAudit() throws IOException {
    close();
    EconomyAudit audit = EconomyAudit.of(LedgerContents.ofHome(home, new EconomyModule()));
    assertEquals(List.of(), audit.faults());
  }

  @Override
  public void close() throws IOException {
    client.close();
    validator.close();
  }
}
