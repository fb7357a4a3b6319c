package io.metanode.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.cli.Metanode;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.Signer;
import io.metanode.foundation.SystemClock;
import io.metanode.foundation.SystemRandomness;
import io.metanode.receipts.ReceiptLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statement is verified from its file and the public key alone. */
final class ProvenanceCommandIT {

  @TempDir private Path directory;

  private static int run(String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "image";
    words[1] = "provenance";
    System.arraycopy(more, 0, words, 2, more.length);
    return Metanode.commandLine().execute(words);
  }

  @Test
  void verifiesWhatTheKeyOfTheLogSigned() throws Exception {
    Signer signer = PrivateKeySigner.generate(new SystemRandomness());
    Path file = directory.resolve("p.json");
    Path key = Files.writeString(directory.resolve("key.pem"), signer.publicKey().pem());
    Signer stranger = PrivateKeySigner.generate(new SystemRandomness());
    Path other = Files.writeString(directory.resolve("other.pem"), stranger.publicKey().pem());
    Path log = directory.resolve("receipts");
    String envelope;
    try (ReceiptLog receipts =
        ReceiptLog.open(log, signer, "test.example/log", SystemClock.INSTANCE)) {
      envelope =
          new String(
              receipts.seal("{\"_type\":\"x\"}".getBytes(StandardCharsets.UTF_8)),
              StandardCharsets.UTF_8);
    }
    Files.writeString(file, envelope + "\n");
    assertEquals(0, run("--file", file.toString()));
    assertEquals(0, run("--file", file.toString(), "--key", key.toString(), "--statement"));
    assertEquals(0, run("--file", file.toString(), "--key", log.resolve("log.vkey").toString()));
    assertEquals(1, run("--file", file.toString(), "--key", other.toString()));
    Files.writeString(file, envelope.replace("\"sig\":\"", "\"sig\":\"A"));
    assertEquals(1, run("--file", file.toString(), "--key", key.toString()));
    assertEquals(2, run());
    assertEquals(2, run("image:1", "--file", file.toString()));
  }
}
