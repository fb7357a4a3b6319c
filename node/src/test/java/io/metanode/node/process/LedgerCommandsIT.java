package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.Program;
import io.metanode.cli.process.Finished;
import io.metanode.crypto.NativeLanes;
import io.metanode.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code metanode ledger …} as it is typed: what it prints, and its exit codes. */
final class LedgerCommandsIT {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String RECIPIENT = "0".repeat(63) + "1";

  @TempDir Path folder;

  private Optional<Process> validator = Optional.empty();

  private Path home() {
    return folder.resolve("home");
  }

  private static Finished ledger(String... words) {
    return TestNode.launcher()
        .run(Stream.concat(Stream.of("ledger"), Stream.of(words)).toArray(String[]::new));
  }

  private static JsonNode json(String... words) {
    Finished done =
        ledger(Stream.concat(Stream.of(words), Stream.of("-o", "json")).toArray(String[]::new));
    assertEquals(0, done.exitCode(), done.output());
    return JSON.readTree(done.output());
  }

  private static void assertEnds(int exitCode, String word, Finished done) {
    assertEquals(exitCode, done.exitCode(), done.output());
    assertTrue(done.output().contains(word), done.output());
  }

  private void start() throws Exception {
    start(TestNode.launcher());
  }

  private void start(Program launcher) throws Exception {
    validator =
        Optional.of(
            launcher.start(folder.resolve("log"), "ledger", "start", "--dir", home().toString()));
    Eventually.holds("it answers", () -> Files.exists(home().resolve("status.json")));
  }

  private void stop() {
    Process running = validator.orElseThrow();
    running.destroy();
    assertEquals(143, running.onExit().join().exitValue());
  }

  @AfterEach
  void end() {
    validator.ifPresent(running -> running.destroyForcibly().onExit().join());
  }

  @Test
  void everyCommandHasHelpAndRefusesWhatItDoesNotKnow() {
    assertEnds(2, "Which of them?", ledger());
    for (String command :
        List.of("init", "start", "localnet", "status", "tx", "block", "account", "proof")) {
      assertEnds(0, "Usage:", ledger(command, "--help"));
    }
    assertEnds(0, "import", ledger("snapshot", "--help"));
    assertEnds(2, "--nonsense", ledger("validators", "--nonsense"));
    assertEnds(1, "metanode ledger start", ledger("status", "--dir", home().toString()));
    assertEnds(1, "metanode ledger init", ledger("start", "--dir", home().toString()));
  }

  @Test
  void aValidatorIsToldWhatChecksSignaturesOrThatItCannotBe() throws Exception {
    json("init", "--dir", home().toString());
    Finished refused =
        TestNode.launcher()
            .with(NativeLanes.VARIABLE, "abacus")
            .run("ledger", "start", "--dir", home().toString());
    assertEnds(1, "METANODE_VERIFIER is abacus", refused);
    assertTrue(refused.output().contains("scalar, provider"), refused.output());
    for (NativeLanes lanes : NativeLanes.available()) {
      start(TestNode.launcher().with(NativeLanes.VARIABLE, lanes.toString()));
      JsonNode status = json("status", "--dir", home().toString());
      assertEquals(lanes.toString(), status.required("verifier").asString());
      stop();
    }
  }

  /** As where a node makes transactions with the key of whoever types. */
  @Test
  void transactionsOfOneKeyAtTheSameTimeAllBecomeFinal() throws Exception {
    String dir = home().toString();
    json("init", "--dir", dir);
    start();
    List<Future<Finished>> sent = new ArrayList<>();
    try (ExecutorService hands = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 6; i++) {
        sent.add(
            hands.submit(
                () -> ledger("tx", "transfer", "--dir", dir, RECIPIENT, "1", "-o", "json")));
      }
    }
    for (Future<Finished> one : sent) {
      assertEnds(0, "\"OK\"", one.get());
    }
    JsonNode account = json("account", "--dir", dir, RECIPIENT);
    assertEquals(6_000_000_000L, account.at("/amounts/FLX").asLong(), account.toString());
    assertEnds(
        1,
        "SEQUENCE_USED",
        ledger("tx", "transfer", "--dir", dir, RECIPIENT, "1", "--sequence", "3"));
  }

  @Test
  void aChainIsBegunAskedProvedAndMoved() throws Exception {
    String dir = home().toString();
    String genesis = json("init", "--dir", dir).required("genesis").asString();
    assertEnds(1, "has a genesis already", ledger("init", "--dir", dir));
    start();
    assertEnds(1, "a validator runs on", ledger("start", "--dir", dir));

    JsonNode done = json("tx", "transfer", "--dir", dir, RECIPIENT, "1.5");
    assertEquals("OK", done.required("result").asString());
    String id = done.required("id").asString();
    long height = done.required("height").asLong();
    assertEquals("OK", json("tx", "show", "--dir", dir, id).required("result").asString());
    assertEnds(
        1, "BALANCE_TOO_LOW", ledger("tx", "transfer", "--dir", dir, RECIPIENT, "900000000"));
    assertEquals(
        height, json("block", "--dir", dir, Long.toString(height)).required("height").asLong());
    assertEnds(1, "", ledger("block", "--dir", dir, "999999999"));
    assertEquals(
        1, json("validators", "--dir", dir).required("terms").get(0).required("validators").size());

    Path proof = folder.resolve("proof");
    assertEnds(0, "", ledger("proof", "get", "--dir", dir, "--tx", id, "-o", proof.toString()));
    assertEnds(
        0, id, ledger("proof", "verify", "--genesis", genesis, "--tx", id, proof.toString()));
    assertEnds(
        1,
        "something else",
        ledger("proof", "verify", "--genesis", genesis, "--tx", "0".repeat(64), proof.toString()));

    String snapshot = folder.resolve("snapshot").toString();
    JsonNode saved = json("snapshot", "export", "--dir", dir, snapshot);
    assertEquals(
        saved.required("stateRoot"),
        json("snapshot", "verify", "--genesis", genesis, snapshot).required("stateRoot"));
    assertEnds(1, "a validator runs on", ledger("snapshot", "import", "--dir", dir, snapshot));
    stop();
    assertFalse(Files.exists(home().resolve("status.json")));
    assertEnds(1, "not empty", ledger("snapshot", "import", "--dir", dir, snapshot));
    remove(home().resolve("blocks"));
    remove(home().resolve("index"));
    assertEquals(
        saved.required("height"),
        json("snapshot", "import", "--dir", dir, snapshot).required("height"));
    assertForgedIsRefused(genesis, Path.of(snapshot));
  }

  private static void assertForgedIsRefused(String genesis, Path snapshot) throws IOException {
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Files.write(snapshot, bytes);
    assertEnds(
        1, "damaged", ledger("snapshot", "verify", "--genesis", genesis, snapshot.toString()));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
