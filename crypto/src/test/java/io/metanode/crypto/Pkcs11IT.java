package io.metanode.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key made and kept in a SoftHSM token signs. */
class Pkcs11IT {

  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "1234";

  @TempDir Path home;

  private String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", home.resolve("softhsm2.conf").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private String tool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", LIBRARY.toString()));
    command.addAll(List.of("--login", "--pin", PIN));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  @Test
  void tokenSigns() throws Exception {
    assumeTrue(
        Files.exists(LIBRARY) && Files.isExecutable(Path.of("/usr/bin/pkcs11-tool")),
        "skipped: softhsm2 and opensc are not installed");
    Files.createDirectories(home.resolve("tokens"));
    Files.writeString(
        home.resolve("softhsm2.conf"), "directories.tokendir = " + home.resolve("tokens") + "\n");
    run("softhsm2-util", "--init-token", "--free", "--label", "t", "--pin", PIN, "--so-pin", PIN);
    tool("--keypairgen", "--key-type", "EC:edwards25519", "--id", "01", "--label", "receipts");
    Path pem = home.resolve("public.pem");
    tool("--read-object", "--type", "pubkey", "--id", "01", "--output-file", pem.toString());
    Ed25519PublicKey key = Ed25519PublicKey.ofPem(Files.readString(pem)).orElseThrow();

    Path script = home.resolve("sign");
    List<String> words = CommandSigner.pkcs11(LIBRARY, "01", key, Duration.ofSeconds(20)).command();
    Files.writeString(
        script,
        "#!/bin/sh\nexport SOFTHSM2_CONF=%s/softhsm2.conf %s=%s\nexec %s\n"
            .formatted(home, CommandSigner.PIN, PIN, String.join(" ", words)));
    Signer signer =
        new CommandSigner(List.of("sh", script.toString()), key, Duration.ofSeconds(20));
    byte[] message = "a receipt".getBytes(UTF_8);
    assertTrue(key.verifies(message, signer.sign(message)));
  }
}
