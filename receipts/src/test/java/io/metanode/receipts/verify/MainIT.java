package io.metanode.receipts.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.receipts.Actor;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.TestLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainIT {

  @TempDir Path home;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private TestLog test = new TestLog(Path.of("."));
  private Path proof = Path.of(".");

  @BeforeEach
  void place() throws IOException {
    test = new TestLog(home);
    proof = home.resolve("r.tlog-proof");
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 5);
      log.rotate(Actor.system("test"));
      TestLog.append(log, 1);
    }
    Files.writeString(proof, LogReader.open(test.directory()).proof(6));
  }

  private int run(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    PrintStream out = new PrintStream(printed, true, UTF_8);
    return Main.run(words, out, out);
  }

  @Test
  void misuseIsTold() {
    assertEquals(2, run());
    assertEquals(2, run(test.directory()));
    assertEquals(2, run(test.directory(), "--key"));
    assertEquals(2, run(test.directory(), "--key", home.resolve("none")));
    assertEquals(2, run(home.resolve("none"), "--key", test.verifierKeys()));
    assertEquals(2, run(test.directory(), "--key", test.verifierKeys(), "--what", "x"));
  }

  @Test
  void logAndProofAreVerified() {
    assertEquals(0, run(test.directory(), "--key", test.verifierKeys()));
    assertTrue(printed.toString(UTF_8).contains("verified: 7 receipts of test.example/receipts"));
    assertEquals(0, run("--proof", proof, "--key", test.verifierKeys()));
  }

  @Test
  void receiptUnderAnEarlierKeyNeedsTheKeyHistory() throws Exception {
    Files.writeString(proof, LogReader.open(test.directory()).proof(2));
    assertEquals(1, run("--proof", proof, "--key", test.verifierKeys()));
    assertTrue(printed.toString(UTF_8).contains("give the log's file keys"));
    assertEquals(0, run("--proof", proof, "--key", test.directory().resolve("keys")));
  }

  @Test
  void changedProofIsRefused() throws Exception {
    String good = Files.readString(proof);
    for (int at = 0; at < good.length(); at += 7) {
      char changed = good.charAt(at) == 'A' ? 'B' : 'A';
      Files.writeString(proof, good.substring(0, at) + changed + good.substring(at + 1));
      assertEquals(1, run("--proof", proof, "--key", test.verifierKeys()), "at " + at);
    }
  }
}
