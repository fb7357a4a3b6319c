package io.metanode.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.KeyFile;
import io.metanode.crypto.NativeLanes;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;
import io.metanode.foundation.SystemClock;
import io.metanode.testkit.Gen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A chain of one validator, asked over its API. */
final class LedgerNodeIT {

  private static final String RECIPIENT = "0".repeat(63) + "1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] ROOT = new Gen(12).bytes(32);

  @TempDir Path folder;

  private final Gen gen = new Gen(7);
  private Fixture fixture = new Fixture();

  /** What a running validator needs. */
  private final class Fixture {
    private Optional<LedgerNode> node = Optional.empty();
    private Optional<LedgerClient> client = Optional.empty();

    LedgerClient api() {
      return client.orElseThrow();
    }

    URI base() {
      return URI.create("http://127.0.0.1:" + node.orElseThrow().apiAddress().getPort());
    }

    void start(LedgerHome home) throws IOException {
      LedgerNode started =
          LedgerNode.start(
              home,
              LedgerSettings.DEFAULT.idle(200),
              LedgerModule.NONE,
              "test",
              SystemClock.INSTANCE,
              gen);
      node = Optional.of(started);
      client =
          Optional.of(
              new LedgerClient(URI.create("http://127.0.0.1:" + started.apiAddress().getPort())));
    }

    void stop() throws IOException {
      client.ifPresent(LedgerClient::close);
      if (node.isPresent()) {
        node.get().close();
      }
    }
  }

  private LedgerHome home() {
    return new LedgerHome(folder.resolve("validator"));
  }

  @BeforeEach
  void start() throws IOException {
    LedgerSetup.PublicKeys keys = LedgerSetup.keys(home(), gen);
    PrivateKeySigner governor = LedgerSetup.signer(home().governorKey(), gen);
    LedgerSetup.install(
        home(),
        LedgerSetup.genesis(
            List.of(keys),
            governor.publicKey(),
            List.of(),
            256,
            LedgerModule.NONE,
            SystemClock.INSTANCE));
    fixture.start(home());
  }

  @AfterEach
  void stop() throws IOException {
    fixture.stop();
  }

  private LedgerTransactions.Signed transfer(long sequence, long amount) throws IOException {
    PrivateKeySigner governor = KeyFile.ed25519(home().governorKey());
    return LedgerTransactions.of(LedgerSetup.genesis(home().genesis()))
        .transfer(
            governor, new LedgerTransactions.Place(sequence, 1 << 30), "NEX", RECIPIENT, amount);
  }

  private JsonNode submit(LedgerTransactions.Signed signed) throws IOException {
    return fixture.api().submit("/v1/transactions", signed.encoded(), PATIENCE);
  }

  private long balance() throws IOException {
    return fixture
        .api()
        .get("/v1/accounts/" + RECIPIENT)
        .required("amounts")
        .required("NEX")
        .asLong();
  }

  @Test
  void transferBecomesFinalOnceAndSurvivesARestart() throws Exception {
    LedgerTransactions.Signed signed = transfer(0, 5);
    JsonNode answer = submit(signed);
    assertEquals("FINAL", answer.required("status").asString());
    assertEquals("OK", answer.required("result").asString());
    assertEquals(answer, submit(signed), "whoever asks again hears the same");
    LedgerClient.RefusedException known =
        assertThrows(
            LedgerClient.RefusedException.class,
            () -> fixture.api().submitFresh(signed.encoded(), Duration.ofSeconds(10)));
    assertEquals("SEQUENCE_USED", known.problem().required("admission").asString());
    assertEquals(5, balance());
    fixture.stop();
    fixture = new Fixture();
    fixture.start(home());
    assertEquals(5, balance());
    JsonNode found = fixture.api().get("/v1/transactions/" + signed.id());
    assertEquals(answer.required("height"), found.required("height"));
  }

  @Test
  void whatIsSubmittedTwiceAtOnceIsFreshOnce() throws Exception {
    try (ExecutorService hands = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 20; i++) {
        byte[] signed = transfer(i, 5).encoded();
        List<Future<Boolean>> taken =
            hands.invokeAll(Collections.nCopies(3, () -> isFresh(signed)));
        int fresh = 0;
        for (Future<Boolean> one : taken) {
          fresh += one.get() ? 1 : 0;
        }
        assertEquals(1, fresh);
      }
    }
    assertEquals(100, balance());
  }

  private boolean isFresh(byte[] signed) throws IOException {
    try {
      return fixture
          .api()
          .submitFresh(signed, PATIENCE)
          .required("status")
          .asString()
          .equals("FINAL");
    } catch (LedgerClient.RefusedException e) {
      return false;
    }
  }

  @Test
  void batchIsAnsweredOneByOne() throws Exception {
    Encoder batch = new Encoder(1024);
    batch.prefixed(transfer(0, 1).encoded());
    batch.prefixed(transfer(1, 2).encoded());
    byte[] forged = transfer(2, 3).encoded();
    forged[forged.length - 1] ^= 1;
    batch.prefixed(forged);
    JsonNode answers =
        fixture
            .api()
            .submit("/v1/transactions/batch", batch.toArray(), PATIENCE)
            .required("transactions");
    assertEquals("OK", answers.get(0).required("result").asString());
    assertEquals("OK", answers.get(1).required("result").asString());
    assertEquals("REFUSED", answers.get(2).required("status").asString());
    assertEquals("BAD_SIGNATURE", answers.get(2).required("admission").asString());
    assertEquals(3, balance());
  }

  @Test
  void refusalsAreProblems() throws Exception {
    assertProblem(422, () -> submit(transfer(1_000, 1)), "SEQUENCE_TOO_FAR");
    submit(transfer(0, 1));
    assertProblem(409, () -> submit(transfer(0, 2)), "SEQUENCE_USED");
    assertProblem(400, () -> fixture.api().post("/v1/transactions", new byte[3]), "");
    assertProblem(400, () -> fixture.api().get("/v1/accounts/xyz"), "");
    assertProblem(404, () -> fixture.api().get("/v1/transactions/" + "0".repeat(64)), "");
    assertProblem(404, () -> fixture.api().get("/v1/blocks/999999"), "");
    assertProblem(404, () -> fixture.api().get("/nothing"), "");
    assertProblem(413, () -> fixture.api().post("/v1/transactions", new byte[1 << 20]), "");
  }

  @Test
  void clientThatSendsTooMuchBeforeItListensHearsWhy() throws Exception {
    byte[] body = new byte[8 << 20];
    URI api = fixture.base();
    try (Socket socket = new Socket(api.getHost(), api.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/transactions HTTP/1.1\r\nHost: ledger\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertTrue(in.readLine().startsWith("HTTP/1.1 413 "));
    }
  }

  private interface Asking {
    JsonNode ask() throws IOException;
  }

  private static void assertProblem(int status, Asking asking, String admission) {
    LedgerClient.RefusedException refused =
        assertThrows(LedgerClient.RefusedException.class, asking::ask);
    assertEquals(status, refused.status(), refused.getMessage());
    assertEquals(status, refused.problem().required("status").asInt());
    assertEquals(admission, refused.problem().path("admission").asString(""));
  }

  @Test
  void proofsHoldOfflineAndForgedOnesDoNot() throws Exception {
    LedgerTransactions.Signed signed = transfer(0, 7);
    submit(signed);
    JsonNode proof = proof("/v1/transactions/" + signed.id() + "?proof");
    LedgerProof checker = LedgerProof.trusting(home().genesis());
    Map<String, String> facts = checker.verify(proof);
    assertEquals(signed.id(), facts.get("transaction"));
    assertEquals("0", facts.get("resultCode"));
    assertForged(checker, proof, "resultCode", "6");
    assertForged(checker, proof, "genesis", "0".repeat(64));
    JsonNode account = proof("/v1/accounts/" + RECIPIENT + "?proof");
    assertEquals(LedgerProof.accountKey(RECIPIENT), checker.verify(account).get("stateKey"));
    assertForged(checker, account, "stateKey", LedgerProof.accountKey("0".repeat(64)));
    JsonNode absent = proof("/v1/accounts/" + "0".repeat(64) + "?proof");
    assertEquals("none", checker.verify(absent).get("value"));
  }

  private static void assertForged(
      LedgerProof checker, JsonNode proof, String member, String value) {
    ObjectNode forged = ((ObjectNode) proof).deepCopy();
    if (member.equals("resultCode")) {
      forged.put(member, Integer.parseInt(value));
    } else {
      forged.put(member, value);
    }
    assertThrows(LedgerProof.InvalidException.class, () -> checker.verify(forged), member);
  }

  /** A proof rests on the block after the one it is about, which comes by itself. */
  private JsonNode proof(String path) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return fixture.api().get(path).required("proof");
      } catch (LedgerClient.RefusedException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private LogBlockSubmission logBlock(String origin, long chain, PrivateKeySigner owner)
      throws Exception {
    PrivateKeySigner log = PrivateKeySigner.generate(new Gen(11));
    Bytes32 key = Bytes32.of(log.publicKey().bytes());
    LogBlock block =
        new LogBlock(
            chain,
            Bytes.of(origin.getBytes(StandardCharsets.US_ASCII)),
            0,
            Bytes32.ZERO,
            0,
            10,
            Bytes32.of(ROOT),
            new UsageSums(1, 2, 3, 4, 10_000_000),
            Bytes32.of(owner.publicKey().bytes()),
            key,
            key);
    return new LogBlockSubmission(block.sign(log), List.of());
  }

  private static Optional<Long> submit(
      LogLedger ledger, PrivateKeySigner owner, LogBlockSubmission submission) throws IOException {
    LogLedger.Sending sending = ledger.prepare(owner, submission, Optional.empty());
    return ledger.send(sending, PATIENCE);
  }

  @Test
  void aLogBlockBecomesFinalOnceAndTheValidatorsCosignItsCheckpoint() throws Exception {
    PrivateKeySigner owner = KeyFile.ed25519(home().governorKey());
    try (LogLedger ledger = LogLedger.connect(fixture.base())) {
      LogBlockSubmission submission = logBlock("host/log", ledger.chainTag(), owner);
      assertEquals(submission, LogBlockSubmission.decode(submission.encode()));
      assertEquals(Optional.empty(), ledger.standing("host/log"));
      long height = submit(ledger, owner, submission).orElseThrow();
      LogStanding standing = ledger.standing("host/log").orElseThrow();
      assertEquals(LogStanding.after(submission.signed().block(), height), standing);
      assertEquals(Optional.empty(), submit(ledger, owner, submission));
      assertEquals(standing, ledger.standing("host/log").orElseThrow());
    }
    JsonNode proof = provenValue("/v1/logblocks?origin=host%2Flog&index=9&proof");
    LogCertificate chain = LogCertificate.trusting(home().genesis());
    byte[] line = LogCertificate.signature(proof);
    LogCertificate.Shown shown = chain.verify(line, "host/log", 10, ROOT);
    assertEquals(0, shown.number());
    byte[] otherRoot = ROOT.clone();
    otherRoot[3] ^= 1;
    for (ThrowingVerification wrong :
        List.<ThrowingVerification>of(
            () -> chain.verify(line, "host/other", 10, ROOT),
            () -> chain.verify(line, "host/log", 11, ROOT),
            () -> chain.verify(line, "host/log", 10, otherRoot),
            () -> chain.verify(new byte[9], "host/log", 10, ROOT))) {
      assertThrows(LedgerProof.InvalidException.class, wrong::run);
    }
  }

  private interface ThrowingVerification {
    void run() throws LedgerProof.InvalidException;
  }

  /** The proof of a value that was just made final: the block after names the state. */
  private JsonNode provenValue(String path) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode proof = proof(path);
    while (proof.required("value").isNull() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      proof = proof(path);
    }
    return proof;
  }

  @Test
  void saysHowItDoes() throws Exception {
    submit(transfer(0, 1));
    assertEquals("ok", fixture.api().get("/health").required("status").asString());
    JsonNode status = fixture.api().get("/v1/status");
    assertEquals(1, status.required("transactions").asLong());
    assertEquals(1, status.required("signatureChecks").asLong());
    assertEquals(NativeLanes.inUse().toString(), status.required("verifier").asString());
    assertEquals(Set.of("process"), Set.copyOf(status.required("cpuMicros").propertyNames()));
    JsonNode stages = fixture.api().get("/v1/status/stages").required("cpuMicros");
    assertTrue(stages.required("consensus").asLong() > 0, stages::toString);
    String metrics = new String(fixture.api().getBytes("/metrics"), StandardCharsets.UTF_8);
    assertTrue(metrics.contains("metanode_ledger_transactions_total 1"), metrics);
    assertEquals(
        1,
        fixture.api().get("/v1/validators").required("terms").get(0).required("validators").size());
  }

  @Test
  void aSnapshotMovesTheStateToAnotherHome() throws Exception {
    submit(transfer(0, 5));
    submit(transfer(1, 6));
    Path file = folder.resolve("snapshot");
    fixture.api().download("/v1/snapshot", file);
    LedgerSnapshot saved = LedgerSnapshot.verify(home().genesis(), file);
    assertTrue(saved.height() >= 1);

    LedgerHome other = new LedgerHome(folder.resolve("other"));
    LedgerSetup.keys(other, gen);
    LedgerSetup.install(other, Files.readAllBytes(home().genesis()));
    assertEquals(saved, LedgerSnapshot.install(other, file));
    IOException again = assertThrows(IOException.class, () -> LedgerSnapshot.install(other, file));
    assertTrue(String.valueOf(again.getMessage()).contains("not empty"), again.getMessage());
    try (LedgerNode node =
            LedgerNode.start(
                other,
                LedgerSettings.DEFAULT,
                LedgerModule.NONE,
                "test",
                SystemClock.INSTANCE,
                gen);
        LedgerClient client =
            new LedgerClient(URI.create("http://127.0.0.1:" + node.apiAddress().getPort()))) {
      JsonNode status = client.get("/v1/status");
      assertEquals(saved.height(), status.required("height").asLong());
      assertEquals(saved.stateRoot(), status.required("stateRoot").asString());
      assertEquals(saved.height() + 1, status.required("firstBlock").asLong());
    }
  }

  @Test
  void aRequestThatNeverEndsIsCutOff() throws Exception {
    URI api = URI.create("http://127.0.0.1:" + fixture.node.orElseThrow().apiAddress().getPort());
    try (Socket slow = new Socket(api.getHost(), api.getPort())) {
      slow.setSoTimeout((int) PATIENCE.toMillis());
      slow.getOutputStream()
          .write("POST /v1/transactions HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      assertEquals(-1, slow.getInputStream().read(), "the server closes the connection");
    }
    assertEquals("ok", fixture.api().get("/health").required("status").asString());
  }
}
