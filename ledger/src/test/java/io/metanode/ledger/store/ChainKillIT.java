package io.metanode.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.TestChain;
import io.metanode.testkit.Gen;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it appends, again and again: what it said was durable is there. */
class ChainKillIT {

  private static final int KILLS = 5;

  @TempDir Path directory;

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ChainWriter.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Lets the process append so many blocks, kills it, and says the last that was durable. */
  private long killAfter(int blocks) throws Exception {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      String opened = out.readLine();
      assertTrue(opened != null && opened.startsWith("opened "), opened);
      long durable = Long.parseLong(opened.substring("opened ".length()));
      for (int i = 0; i < blocks; i++) {
        durable = Long.parseLong(out.readLine().substring("durable ".length()));
      }
      process.toHandle().destroyForcibly();
      process.waitFor();
      String line = out.readLine();
      while (line != null && line.matches("durable [0-9]+")) {
        durable = Long.parseLong(line.substring("durable ".length()));
        line = out.readLine();
      }
      return durable;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void nothingDurableIsLost() throws Exception {
    Gen gen = new Gen(1);
    for (int i = 0; i < KILLS; i++) {
      long durable = killAfter(gen.intBetween(1, 40));
      TestChain made = new TestChain(7, 4, 1);
      try (Chain chain = ChainWriter.open(made, directory)) {
        long height = chain.ledger().head().height();
        assertTrue(height >= durable, height + " after " + durable + " was durable");
        for (long block = 1; block <= height; block++) {
          ChainWriter.next(made);
        }
        assertEquals(made.ledger.state().root(), chain.ledger().state().root());
        assertEquals(made.ledger.head(), chain.ledger().head());
      }
    }
  }
}
