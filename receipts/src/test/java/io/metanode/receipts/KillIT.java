package io.metanode.receipts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends, with SIGKILL, at seeded points, and counts. */
class KillIT {

  private static final int ROUNDS = 12;
  private static final long SEED = 20260101;

  @TempDir Path home;

  @Test
  void noAcknowledgedReceiptIsLost() throws Exception {
    Gen gen = new Gen(SEED);
    Set<Long> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(runAndKillAfter(gen.intBetween(1, 400)));
      LogReader found = LogReader.open(home.resolve("receipts"));
      for (long index : acknowledged) {
        assertEquals(index, found.receipt(index).sequence(), "seed " + SEED + " round " + round);
      }
    }
    TestLog test = new TestLog(home);
    long size;
    try (ReceiptLog log = test.open()) {
      size = log.size();
    }
    PrintStream out = System.out;
    int verified = ReceiptVerifier.verifyLog(test.directory(), test.verifierKeys(), out, out);
    assertEquals(0, verified);
    assertTrue(size >= acknowledged.size());
    out.printf(
        "killed %d times: %d receipts acknowledged, %d found%n", ROUNDS, acknowledged.size(), size);
  }

  private Set<Long> runAndKillAfter(int receipts) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppenderMain.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<Long> acknowledged = new HashSet<>();
    try (BufferedReader lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null) {
        acknowledged.add(Long.parseLong(line));
        if (acknowledged.size() == receipts) {
          process.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(acknowledged.size() >= receipts, "the process ended by itself");
    return acknowledged;
  }
}
