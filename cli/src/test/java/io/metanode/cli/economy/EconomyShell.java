package io.metanode.cli.economy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.Metanode;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.economy.EconomyModule;
import io.metanode.foundation.Randomness;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LedgerNode;
import io.metanode.ledger.LedgerSettings;
import io.metanode.ledger.LedgerSetup;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real validator whose time a test may skip, and {@code metanode economy} as it is typed. */
public final class EconomyShell implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;
  private final SkippingClock clock = new SkippingClock();
  private final LedgerNode validator;

  /** What a command said. */
  record Said(int exitCode, String out, String err) {}

  public EconomyShell(Path folder, Randomness randomness) throws IOException {
    this.folder = folder;
    LedgerSetup.PublicKeys keys = LedgerSetup.keys(home(), randomness);
    PrivateKeySigner governor = LedgerSetup.signer(home().governorKey(), randomness);
    LedgerSetup.install(
        home(),
        LedgerSetup.genesis(
            List.of(keys), governor.publicKey(), List.of(), 256, new EconomyModule(), clock));
    validator =
        LedgerNode.start(
            home(),
            LedgerSettings.DEFAULT.idle(200),
            new EconomyModule(),
            "test",
            clock,
            randomness);
    String voter =
        done("economy open GEN --number 1 --locked-until " + (nowMillis() + 90L * 86_400_000))
            .required("account")
            .asString();
    done("economy deposit --token GEN " + voter + " 15000");
  }

  public LedgerHome home() {
    return new LedgerHome(folder.resolve("validator"));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  long nowMillis() {
    return clock.now().toEpochMilli();
  }

  /** As {@code --as-of} and {@code --from} take it. */
  public String in(Duration later) {
    return clock.now().plus(later).toString();
  }

  void skip(Duration by) {
    clock.skip(by);
  }

  Said run(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Metanode.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = line.execute(words.toArray(String[]::new));
    return new Said(exitCode, out.toString(), err.toString());
  }

  private List<String> words(String typed) {
    List<String> words = new ArrayList<>(List.of(typed.split(" ")));
    words.addAll(
        List.of(
            "--url",
            "http://127.0.0.1:" + validator.apiAddress().getPort(),
            "--dir",
            home().directory().toString(),
            "-o",
            "json"));
    return words;
  }

  /** Types a command that is to be done; what it prints. */
  public JsonNode done(String typed) {
    Said said = run(words(typed));
    assertEquals(0, said.exitCode(), typed + "\n" + said.out() + said.err());
    return JSON.readTree(said.out());
  }

  /** Types one that is to be refused: with which result, and what is advised. */
  void refused(String result, String advice, String typed) {
    Said said = run(words(typed));
    assertEquals(1, said.exitCode(), typed + "\n" + said.out() + said.err());
    assertTrue(said.out().contains("\"result\" : \"" + result + "\""), said.out());
    assertTrue(said.err().contains(advice), said.err());
  }

  /** Types one that fails before anything is submitted. */
  void fails(String why, String typed) {
    Said said = run(words(typed));
    assertEquals(1, said.exitCode(), typed + "\n" + said.out() + said.err());
    assertTrue(said.err().contains(why), said.err());
  }

  /** Makes a key with FLX for fees; its public half. */
  String key(String name) {
    String key = local("economy key --new " + file(name)).required("key").asString();
    done("ledger tx transfer " + key + " 10");
    return key;
  }

  /** Types a command that asks no validator. */
  JsonNode local(String typed) {
    List<String> words = new ArrayList<>(List.of(typed.split(" ")));
    words.addAll(List.of("-o", "json"));
    Said said = run(words);
    assertEquals(0, said.exitCode(), typed + "\n" + said.out() + said.err());
    return JSON.readTree(said.out());
  }

  /** Has a proposal of the governor's decided, and enacted if it waits. */
  public void enact(String proposed) {
    String id = done("economy propose " + proposed).required("proposal").asString();
    done("economy decide " + id);
    if (done("economy show proposals " + id).required("phase").asString().equals("PASSED")) {
      refused("TIMELOCKED", "show proposals", "economy decide " + id);
      skip(Duration.ofHours(25));
      done("economy decide " + id);
    }
    assertEquals("ENACTED", done("economy show proposals " + id).required("phase").asString());
  }

  /** Writes the proof of a value of the economy, as the newest block names it. */
  public void prove(String path, Path file) throws IOException {
    String typed = "ledger proof get --economy " + path;
    List<String> words = new ArrayList<>(List.of(typed.split(" ")));
    words.addAll(
        List.of(
            "--url",
            "http://127.0.0.1:" + validator.apiAddress().getPort(),
            "-o",
            file.toString()));
    Said said = run(words);
    assertEquals(0, said.exitCode(), said.err());
  }

  @Override
  public void close() throws IOException {
    validator.close();
  }
}
