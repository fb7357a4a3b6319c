package io.metanode.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Ed25519Test {

  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8032 section 7.1, TEST 3. */
  @Test
  void signsTheRfc8032Vector() throws Exception {
    byte[] seed = HEX.parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
    Signer signer =
        PrivateKeySigner.generate(target -> System.arraycopy(seed, 0, target, 0, seed.length));
    assertEquals(
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        HEX.formatHex(signer.publicKey().bytes()));
    byte[] signature = signer.sign(HEX.parseHex("af82"));
    assertEquals(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        HEX.formatHex(signature));
    assertTrue(signer.publicKey().verifies(HEX.parseHex("af82"), signature));
  }

  @Test
  void changedMessageSignatureAndKeyAreRefused() throws Exception {
    Signer signer = PrivateKeySigner.generate(new Gen(1));
    byte[] message = "message".getBytes(UTF_8);
    byte[] signature = signer.sign(message);
    assertFalse(signer.publicKey().verifies("massage".getBytes(UTF_8), signature));
    assertFalse(PrivateKeySigner.generate(new Gen(2)).publicKey().verifies(message, signature));
    signature[3] ^= 4;
    assertFalse(signer.publicKey().verifies(message, signature));
    assertFalse(signer.publicKey().verifies(message, new byte[63]));
  }

  @Test
  void keysSurvivePem() {
    PrivateKeySigner signer = PrivateKeySigner.generate(new Gen(3));
    assertEquals(
        signer.publicKey(), PrivateKeySigner.ofPem(signer.pem()).orElseThrow().publicKey());
    assertEquals(
        signer.publicKey(), Ed25519PublicKey.ofPem(signer.publicKey().pem()).orElseThrow());
    assertTrue(PrivateKeySigner.ofPem(signer.publicKey().pem()).isEmpty());
  }
}
