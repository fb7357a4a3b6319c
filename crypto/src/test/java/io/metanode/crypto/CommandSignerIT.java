package io.metanode.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.metanode.testkit.Gen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSignerIT {

  private static final byte[] MESSAGE = "statement".repeat(5_000).getBytes(UTF_8);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path home;

  private final Ed25519PublicKey other = PrivateKeySigner.generate(new Gen(9)).publicKey();

  private CommandSigner shell(String script, Ed25519PublicKey key, Duration timeout) {
    return new CommandSigner(List.of("sh", "-c", script), key, timeout);
  }

  @Test
  void opensslSigns() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "skipped: no openssl");
    Path file = home.resolve("key.pem");
    Signer signer = KeyFile.newEd25519(file, new Gen(1));
    String script =
        "cat > %1$s/m && openssl pkeyutl -sign -rawin -inkey %2$s -in %1$s/m".formatted(home, file);
    CommandSigner command = shell(script, signer.publicKey(), TIMEOUT);
    assertTrue(signer.publicKey().verifies(MESSAGE, command.sign(MESSAGE)));
    refused(shell(script, other, TIMEOUT), "is not that of the key");
  }

  private static void refused(Signer signer, String why) {
    SigningException refused = assertThrows(SigningException.class, () -> signer.sign(MESSAGE));
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  @Test
  void everyFailureIsNamed() {
    refused(new CommandSigner(List.of("/no/such"), other, TIMEOUT), "cannot be started");
    refused(shell("echo card removed >&2; exit 3", other, TIMEOUT), "exit code 3: card removed");
    refused(shell("cat > /dev/null; printf short", other, TIMEOUT), "gave 5 bytes");
    refused(shell("exec sleep 60", other, Duration.ofMillis(200)), "no signature within 200 ms");
    refused(shell("head -c 64 /dev/zero", other, TIMEOUT), "is not that of the key");
  }
}
