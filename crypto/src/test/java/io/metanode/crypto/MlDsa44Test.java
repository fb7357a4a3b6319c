package io.metanode.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MlDsa44Test {

  private static final byte[] MESSAGE = "checkpoint".getBytes(UTF_8);

  private final MlDsa44 key = MlDsa44.generate();

  @Test
  void signatureVerifiesAndHasTheLengthOfFips204() throws Exception {
    byte[] signature = key.sign(MESSAGE);
    assertEquals(MlDsa44.SIGNATURE_LENGTH, signature.length);
    assertTrue(MlDsa44.verifies(key.publicKey(), MESSAGE, signature));
  }

  @Test
  void changedSignatureIsRefused() throws Exception {
    byte[] signature = key.sign(MESSAGE);
    signature[100] ^= 1;
    assertFalse(MlDsa44.verifies(key.publicKey(), MESSAGE, signature));
  }

  @Test
  void keySurvivesItsFile() throws Exception {
    MlDsa44 read = MlDsa44.ofPem(key.pem()).orElseThrow();
    assertArrayEquals(key.publicKey(), read.publicKey());
    assertTrue(MlDsa44.verifies(key.publicKey(), MESSAGE, read.sign(MESSAGE)));
  }
}
