package io.metanode.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.process.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One file and two public ones show, with no node left, that an operation is final. */
final class FinalProofIT {

  private static final String LINE = "\u2014 metanode-ledger/";

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  @Test
  void aReceiptIsProvedFinalOffline() throws Exception {
    TestNode.assumeRootAnd("runc", "nft");
    Path proof = folder.resolve("r.tlog-proof");
    Path keys = folder.resolve("log.vkey");
    Path genesis = folder.resolve("genesis");
    try (TestNode node = new TestNode(folder.resolve("home"))) {
      node.start();
      node.output("receipts", "prove", "--final", "0", "-o", proof.toString());
      Files.copy(node.home().resolve("receipts/log.vkey"), keys);
      Files.copy(node.home().resolve("ledger/genesis"), genesis);
    }
    Finished verified = verify(proof, keys, genesis);
    assertEquals(0, verified.exitCode(), verified.output());
    assertTrue(verified.output().contains("final: LogBlock 0"), verified.output());

    String text = Files.readString(proof);
    Path without = folder.resolve("without");
    Files.writeString(without, text.substring(0, text.indexOf(LINE)));
    assertEquals(1, verify(without, keys, genesis).exitCode());

    String line = text.substring(text.indexOf(LINE)).strip();
    String encoded = line.substring(line.lastIndexOf(' ') + 1);
    byte[] certificate = Base64.getDecoder().decode(encoded);
    String json = new String(certificate, 4, certificate.length - 4, UTF_8);
    int seal = json.indexOf("\"seal\":\"") + 60;
    certificate[4 + seal] = (byte) (certificate[4 + seal] == '0' ? '1' : '0');
    Path altered = folder.resolve("altered");
    Files.writeString(
        altered, text.replace(encoded, Base64.getEncoder().encodeToString(certificate)));
    Finished refused = verify(altered, keys, genesis);
    assertEquals(1, refused.exitCode(), refused.output());
    assertTrue(refused.output().contains("WRONG certificate"), refused.output());
  }

  private Finished verify(Path proof, Path keys, Path genesis) {
    return new TestNode(folder.resolve("nowhere"))
        .run(
            "receipts",
            "verify",
            "--proof",
            proof.toString(),
            "--key",
            keys.toString(),
            "--genesis",
            genesis.toString());
  }
}
