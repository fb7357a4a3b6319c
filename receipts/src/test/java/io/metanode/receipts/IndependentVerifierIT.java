package io.metanode.receipts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A verifier in another language, written from the standards' texts, accepts our logs and proofs.
 */
class IndependentVerifierIT {

  @TempDir Path home;

  private String verify(Path log, Path key, Path proof) throws IOException {
    Process process =
        new ProcessBuilder(
                "node",
                "src/test/node/verify.mjs",
                log.toString(),
                key.toString(),
                proof.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static boolean hasNode() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  @Test
  void acceptsTheLogAndAProofAndRefusesAChangedOne() throws Exception {
    assumeTrue(hasNode(), "skipped: node is not installed");
    TestLog test = new TestLog(home);
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 700);
      log.rotate(Actor.system("test"));
      TestLog.append(log, 30);
    }
    Path proof = home.resolve("r.tlog-proof");
    for (long index : new long[] {0, 255, 256, 700, 730}) {
      Files.writeString(proof, LogReader.open(test.directory()).proof(index));
      assertEquals(
          "proof of receipt " + index + "\nverified 731\n",
          verify(test.directory(), test.verifierKeys(), proof));
    }
    Path bundle = test.directory().resolve("tile/entries/001");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[5_000] ^= 1;
    Files.write(bundle, bytes);
    String refused = verify(test.directory(), test.verifierKeys(), proof);
    assertTrue(refused.startsWith("NOT verified"), refused);
  }
}
