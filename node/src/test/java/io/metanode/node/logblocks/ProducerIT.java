package io.metanode.node.logblocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.KeyFile;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.EconomyModule;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.SystemClock;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.LedgerNode;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import io.metanode.ledger.LedgerTransactions;
import io.metanode.ledger.LogBlockSubmission;
import io.metanode.ledger.LogLedger;
import io.metanode.ledger.LogStanding;
import io.metanode.node.ExecStep;
import io.metanode.receipts.Actor;
import io.metanode.receipts.KeyDirectory;
import io.metanode.receipts.PublishedLog;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.RecentUsage;
import io.metanode.receipts.Step;
import io.metanode.receipts.Usage;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A log becomes final whatever happens: requests and answers are lost, the producer dies between
 * any two of its steps, the validator is restarted, keys are rotated.
 */
final class ProducerIT {

  private static final String ORIGIN = "test.example/receipts";
  private static final Duration HOUR = Duration.ofHours(1);

  /** Publishes when told. */
  private static final ReceiptLog.Settings SLOW = new ReceiptLog.Settings(64 << 10, HOUR);

  @TempDir Path folder;

  private final Gen gen = new Gen(41);
  private final LedgerModule module = new EconomyModule();
  private Usage metered = Usage.NONE;
  private long count;
  private Optional<LedgerNode> validator = Optional.empty();
  private Optional<ReceiptLog> receipts = Optional.empty();

  private LedgerHome home() {
    return new LedgerHome(folder.resolve("ledger"));
  }

  private KeyDirectory keys() {
    return new KeyDirectory(folder.resolve("keys"), gen);
  }

  private ReceiptLog log() {
    return receipts.orElseThrow();
  }

  @BeforeEach
  void start() throws IOException {
    LedgerSetup.PublicKeys validatorKeys = LedgerSetup.keys(home(), gen);
    PrivateKeySigner governor = LedgerSetup.signer(home().governorKey(), gen);
    LedgerSetup.install(
        home(),
        LedgerSetup.genesis(
            List.of(validatorKeys),
            governor.publicKey(),
            List.of(),
            256,
            module,
            SystemClock.INSTANCE));
    startValidator();
    receipts =
        Optional.of(
            ReceiptLog.open(
                folder.resolve("receipts"), keys(), ORIGIN, SystemClock.INSTANCE, SLOW));
  }

  private URI startValidator() throws IOException {
    LedgerNode started =
        LedgerNode.start(
            home(), LedgerSettings.DEFAULT.idle(200), module, "test", SystemClock.INSTANCE, gen);
    validator = Optional.of(started);
    return URI.create("http://127.0.0.1:" + started.apiAddress().getPort());
  }

  private URI api() {
    return URI.create("http://127.0.0.1:" + validator.orElseThrow().apiAddress().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    validator.orElseThrow().close();
    log().close();
  }

  private void append(int more) throws IOException {
    List<Appended> appended = new ArrayList<>();
    for (int i = 0; i < more; i++) {
      Usage usage =
          new Usage(gen.between(0, 1L << 40), gen.between(0, 9), 1, gen.between(0, 5), 1_000_000);
      metered = metered.plus(usage);
      try (Reservation room = log().reserve()) {
        appended.add(room.append(step(usage)));
      }
    }
    for (Appended receipt : appended) {
      receipt.awaitDurable();
    }
    count += more;
    log().checkpointNow();
  }

  private static Step step(Usage usage) {
    return ExecStep.of(SystemClock.INSTANCE.now(), usage);
  }

  private LogBlockSettings settings(long count) throws IOException {
    return new LogBlockSettings(
        folder.resolve("receipts"),
        gen.bool() ? log().recentUsage() : RecentUsage.NONE,
        folder.resolve("logblocks"),
        keys(),
        KeyFile.ed25519(home().governorKey()),
        count,
        HOUR);
  }

  /** Steps of one producer, until it fails or has nothing to do. */
  private void produce(URI at) {
    try (LogLedger ledger = LogLedger.connect(at)) {
      Producer producer = new Producer(settings(1), ledger, SystemClock.INSTANCE);
      while (producer.step() != Producer.Progress.IDLE) {
        if (gen.oneIn(8)) {
          return;
        }
        if (gen.oneIn(3)) {
          append(gen.intBetween(1, 9));
        }
      }
    } catch (IOException e) {
      // As in a crash: the next producer has the files alone.
    }
  }

  /** What the chain holds of the log: no gap, no overlap, and each receipt's usage once. */
  private void expectAllFinal() throws IOException {
    try (LedgerClient client = new LedgerClient(api())) {
      JsonNode head = client.get("/v1/logs?origin=test.example%2Freceipts");
      long end = 0;
      Usage sum = Usage.NONE;
      for (long number = 0; number <= head.required("number").asLong(); number++) {
        JsonNode block =
            client.get("/v1/logblocks?origin=test.example%2Freceipts&number=" + number);
        assertEquals(end, block.required("from").asLong());
        end = block.required("to").asLong();
        sum = sum.plus(usage(block.required("usage")));
      }
      assertEquals(count, end);
      assertEquals(metered, sum);
      assertEquals(false, head.required("forked").asBoolean());
    }
  }

  private static Usage usage(JsonNode json) {
    return new Usage(
        Long.parseLong(json.required("cpu_ms").asString()),
        Long.parseLong(json.required("memory_mb_s").asString()),
        Long.parseLong(json.required("storage_gb_day").asString()),
        Long.parseLong(json.required("egress_mb").asString()),
        Long.parseLong(json.required("receipts_count").asString()));
  }

  @Test
  void eachReceiptIsFinalOnceWhateverIsLostOnTheWay() throws IOException {
    try (FlakyRelay relay =
        new FlakyRelay(
            api(),
            _ ->
                gen.oneIn(5)
                    ? gen.pick(FlakyRelay.Fate.LOSE_REQUEST, FlakyRelay.Fate.LOSE_ANSWER)
                    : FlakyRelay.Fate.PASS)) {
      for (int round = 0; round < 25; round++) {
        append(gen.intBetween(1, 40));
        if (gen.oneIn(6)) {
          log().rotate(new Actor("unix", "root", OptionalLong.of(0)));
          log().checkpointNow();
          count++;
        }
        produce(relay.uri());
        if (gen.oneIn(8)) {
          validator.orElseThrow().close();
          produce(relay.uri());
          relay.to(startValidator());
        }
      }
    }
    for (int i = 0; i < 200 && finalReceipts() < count; i++) {
      produce(api());
    }
    expectAllFinal();
  }

  private long finalReceipts() throws IOException {
    try (LogLedger ledger = LogLedger.connect(api())) {
      return ledger.standing(ORIGIN).map(LogStanding::size).orElse(0L);
    }
  }

  @Test
  void nothingIsSignedForALogThatIsNotTheLedgers() throws IOException {
    append(5);
    produceAll();
    append(5);
    produceAll();
    byte[] newest = Files.readAllBytes(signed(1));
    append(1);
    produceAll();
    Files.delete(signed(2));
    Files.write(signed(1), newest);
    try (LogLedger ledger = LogLedger.connect(api())) {
      Producer behind = new Producer(settings(1), ledger, SystemClock.INSTANCE);
      IOException refusal = assertThrows(IOException.class, behind::step);
      assertTrue(String.valueOf(refusal.getMessage()).contains("nothing is signed"));
      assertEquals(2, ledger.standing(ORIGIN).orElseThrow().number());
    }
  }

  @Test
  void whereThePlaceWasForgottenItIsTakenFromTheLedger() throws IOException {
    append(5);
    produceAll();
    Files.delete(signed(0));
    append(5);
    produceAll();
    expectAllFinal();
  }

  @Test
  void anotherLogOfTheNameIsNotPassedOffAsThisOne() throws IOException {
    append(5);
    produceAll();
    Files.delete(signed(0));
    log().close();
    receipts =
        Optional.of(
            ReceiptLog.open(folder.resolve("other"), keys(), ORIGIN, SystemClock.INSTANCE, SLOW));
    append(9);
    LogBlockSettings ours = settings(1);
    LogBlockSettings other =
        new LogBlockSettings(
            folder.resolve("other"),
            RecentUsage.NONE,
            ours.directory(),
            keys(),
            ours.owner(),
            ours.count(),
            ours.after());
    try (LogLedger ledger = LogLedger.connect(api())) {
      Producer producer = new Producer(other, ledger, SystemClock.INSTANCE);
      IOException refusal = assertThrows(IOException.class, producer::step);
      assertTrue(String.valueOf(refusal.getMessage()).contains("another log of the name"));
    }
  }

  @Test
  void severalOnTheirWayAreSubmittedAgainAsTheyWereSigned() throws IOException {
    try (FlakyRelay relay =
            new FlakyRelay(
                api(),
                method -> method.equals("POST") ? FlakyRelay.Fate.HOLD : FlakyRelay.Fate.PASS);
        LogLedger ledger = LogLedger.connect(relay.uri())) {
      Producer dies = new Producer(settings(1), ledger, SystemClock.INSTANCE);
      for (int i = 0; i < 6; i++) {
        append(3);
        assertEquals(i < 4 ? Producer.Progress.SIGNED : Producer.Progress.WAITING, dies.step());
      }
      assertEquals(4, dies.onTheirWay());
    }
    List<String> signed = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      signed.add(digest(Files.readAllBytes(signed(number))));
    }
    produceAll();
    expectAllFinal();
    try (LedgerClient client = new LedgerClient(api())) {
      for (int number = 0; number < 4; number++) {
        JsonNode block =
            client.get("/v1/logblocks?origin=test.example%2Freceipts&number=" + number);
        assertEquals(signed.get(number), block.required("digest").asString());
      }
    }
    assertFalse(Files.exists(signed(3)), "what is final is not kept");
    assertTrue(Files.exists(signed(4)), "but for the newest");
  }

  private static String digest(byte[] signed) {
    try {
      return LogBlockSubmission.decode(Bytes.of(signed)).signed().block().digest().toString();
    } catch (DecodingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAnchoredLogWhoseKeyChangedBeforeItsFirstLogBlockGoesOn() throws Exception {
    append(7);
    log().rotate(new Actor("unix", "root", OptionalLong.of(0)));
    count++;
    append(5);
    anchor();
    append(4);
    produceAll();
    expectAllFinal();
  }

  private void anchor() throws Exception {
    PrivateKeySigner owner = KeyFile.ed25519(home().governorKey());
    PublishedLog log = PublishedLog.open(folder.resolve("receipts"));
    try (LedgerClient client = new LedgerClient(api())) {
      JsonNode status = client.get("/v1/status");
      LedgerTransactions transactions = LedgerTransactions.of(status);
      LedgerTransactions.Signed anchor =
          transactions.anchor(
              owner,
              new LedgerTransactions.Place(0, 100),
              ORIGIN,
              log.size(),
              log.root(log.size()));
      JsonNode answer = client.submit("/v1/transactions", anchor.encoded(), Duration.ofSeconds(20));
      assertEquals("OK", answer.path("result").asString(), answer.toString());
    }
  }

  private Path signed(long number) throws IOException {
    try (LogLedger ledger = LogLedger.connect(api())) {
      return folder.resolve("logblocks").resolve(ledger.chain()).resolve("signed." + number);
    }
  }

  private void produceAll() throws IOException {
    try (LogLedger ledger = LogLedger.connect(api())) {
      Producer producer = new Producer(settings(1), ledger, SystemClock.INSTANCE);
      while (producer.step() != Producer.Progress.IDLE) {
        assertTrue(producer.onTheirWay() <= 4);
      }
    }
  }
}
