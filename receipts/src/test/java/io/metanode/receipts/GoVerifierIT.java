package io.metanode.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Go's own transparency log library, {@code golang.org/x/mod/sumdb}, accepts our checkpoints,
 * tiles, entries and proofs as they lie on disk, and refuses altered ones.
 */
final class GoVerifierIT {

  /** Where Debian's golang-golang-x-mod-dev puts it. */
  private static final Path LIBRARIES = Path.of("/usr/share/gocode");

  private static final int BEFORE_ROTATION = 700;
  private static final int SIZE = 731;

  @TempDir static Path tools;
  @TempDir Path home;

  private Path log = Path.of("");
  private Path older = Path.of("");

  @BeforeAll
  static void build() throws Exception {
    assumeTrue(
        Files.isDirectory(LIBRARIES.resolve("src/golang.org/x/mod/sumdb/tlog")),
        "needs golang-golang-x-mod-dev");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/go")), "needs golang-go");
    ProcessBuilder go =
        new ProcessBuilder(
            "/usr/bin/go", "build", "-o", program(), Path.of("src/test/go/verify.go").toString());
    go.environment().put("GO111MODULE", "off");
    go.environment().put("GOPATH", LIBRARIES.toString());
    go.environment().putIfAbsent("GOCACHE", tools.resolve("cache").toString());
    assertEquals("", output(go));
  }

  private static String program() {
    return tools.resolve("verify").toString();
  }

  private static String output(ProcessBuilder command) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  @BeforeEach
  void write() throws IOException {
    TestLog test = new TestLog(home);
    log = test.directory();
    older = home.resolve("older");
    try (ReceiptLog open = test.open()) {
      TestLog.append(open, BEFORE_ROTATION);
      open.checkpointNow();
      Files.copy(log.resolve("checkpoint"), older);
      open.rotate(Actor.system("test"));
      TestLog.append(open, SIZE - BEFORE_ROTATION - 1);
    }
  }

  private String verify(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(program(), log.resolve("keys").toString(), log.toString()));
    command.addAll(List.of(more));
    return output(new ProcessBuilder(command));
  }

  private Path proof(long index) throws IOException {
    Path file = home.resolve(index + ".tlog-proof");
    return Files.writeString(file, LogReader.open(log).proof(index));
  }

  private void alter(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  private void assertRefused(String... more) throws IOException {
    String said = verify(more);
    assertTrue(said.contains("NOT verified: "), said);
  }

  @Test
  void acceptsEveryRecordAnEarlierCheckpointAndProofs() throws Exception {
    assertEquals(
        """
        731 records
        700 is a prefix of 731
        record 0 is in 731
        record 730 is in 731
        """,
        verify(
            "-older", older.toString(),
            "-proof", proof(0).toString(),
            "-proof", proof(730).toString()));
  }

  @Test
  void refusesAnAlteredRecordHashOrCheckpoint() throws Exception {
    for (String name : List.of("tile/entries/001", "tile/0/000", "tile/1/000.p/2")) {
      assertNoticed(log.resolve(name), (int) Files.size(log.resolve(name)) / 2);
    }
    String checkpoint = Files.readString(log.resolve("checkpoint"));
    int root = checkpoint.indexOf("\n731\n") + 5;
    int signatures = checkpoint.indexOf("\n\n") + 2;
    assertNoticed(log.resolve("checkpoint"), root + 20);
    assertNoticed(log.resolve("checkpoint"), signatures + 40);
  }

  private void assertNoticed(Path file, int at) throws IOException {
    alter(file, at);
    assertRefused();
    alter(file, at);
    assertEquals("731 records\n", verify(), file::toString);
  }

  @Test
  void refusesADroppedTileAndASwappedCheckpoint() throws Exception {
    Path last = log.resolve("tile/entries/002.p/219");
    Files.move(last, home.resolve("moved"));
    assertRefused();
    Files.move(home.resolve("moved"), last);
    Path checkpoint = log.resolve("checkpoint");
    Files.writeString(checkpoint, Files.readString(checkpoint).replaceFirst("\n731\n", "\n730\n"));
    assertRefused();
  }

  @Test
  void refusesAnotherLogsCheckpointAndProof() throws Exception {
    Path other = home.resolve("other");
    TestLog foreign = new TestLog(other);
    try (ReceiptLog open = foreign.open()) {
      TestLog.append(open, 5);
    }
    assertRefused("-older", foreign.directory().resolve("checkpoint").toString());
    Path proof = proof(12);
    Files.writeString(proof, Files.readString(proof).replaceFirst("\nindex 12\n", "\nindex 13\n"));
    assertRefused("-proof", proof.toString());
    Files.copy(
        foreign.directory().resolve("checkpoint"),
        log.resolve("checkpoint"),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused();
  }
}
