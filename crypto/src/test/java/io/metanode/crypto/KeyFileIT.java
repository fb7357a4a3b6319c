package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileIT {

  @TempDir Path home;

  @Test
  void keysAreForTheirOwnerOnlyAndSurvive() throws Exception {
    Path file = home.resolve("key.pem");
    Signer made = KeyFile.newEd25519(file, new Gen(1));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(made.publicKey(), KeyFile.ed25519(file).publicKey());
    Path postQuantum = home.resolve("pq.pem");
    assertArrayEquals(
        KeyFile.mlDsa44(postQuantum).publicKey(), KeyFile.mlDsa44(postQuantum).publicKey());
  }

  @Test
  void keyThatOthersMayReadIsRefused() throws Exception {
    Path file = home.resolve("key.pem");
    KeyFile.newEd25519(file, new Gen(1));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    IOException refused = assertThrows(IOException.class, () -> KeyFile.ed25519(file));
    assertTrue(String.valueOf(refused.getMessage()).contains("chmod 600"));
  }
}
