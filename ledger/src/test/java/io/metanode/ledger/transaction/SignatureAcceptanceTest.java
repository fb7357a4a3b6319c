package io.metanode.ledger.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519Batch;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Ed25519Table;
import io.metanode.crypto.NativeLanes;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.Signer;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The provider in use and the JDK's own implementation, behind the acceptance rule: they never
 * disagree, least of all where Ed25519 implementations are known to.
 */
class SignatureAcceptanceTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SPKI = HEX.parseHex("302a300506032b6570032100");
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** Encodings of points of small order, canonical or not. */
  private static final List<String> EDGE_POINTS =
      List.of(
          "0100000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000080",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0000000000000000000000000000000000000000000000000000000000000080",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private static boolean ruled(byte[] key, byte[] message, byte[] signature) {
    return Ed25519Acceptance.acceptsKey(key)
        && Ed25519Acceptance.acceptsSignature(signature)
        && Ed25519PublicKey.ofBytes(key).map(k -> k.verifies(message, signature)).orElse(false);
  }

  private static boolean ruledJdk(byte[] key, byte[] message, byte[] signature) {
    return Ed25519Acceptance.acceptsKey(key)
        && Ed25519Acceptance.acceptsSignature(signature)
        && jdk(key, message, signature);
  }

  private static boolean jdk(byte[] key, byte[] message, byte[] signature) {
    try {
      byte[] spki = new byte[SPKI.length + 32];
      System.arraycopy(SPKI, 0, spki, 0, SPKI.length);
      System.arraycopy(key, 0, spki, SPKI.length, 32);
      PublicKey decoded =
          KeyFactory.getInstance("Ed25519", "SunEC").generatePublic(new X509EncodedKeySpec(spki));
      Signature verification = Signature.getInstance("Ed25519", "SunEC");
      verification.initVerify(decoded);
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void agree(byte[] key, byte[] message, byte[] signature) {
    boolean verdict = ruledJdk(key, message, signature);
    String what = "A " + HEX.formatHex(key) + " signature " + HEX.formatHex(signature);
    assertEquals(verdict, ruled(key, message, signature), what);
    assertEquals(verdict, tabled(key, message, signature), what);
  }

  private static boolean tabled(byte[] key, byte[] message, byte[] signature) {
    assertTrue(Ed25519Table.isAvailable(), "the library of src/main/c is built with the program");
    return Ed25519Table.of(key).map(table -> tabled(table, message, signature)).orElse(false);
  }

  /** Alone and in the lanes of each vector that the processor has. */
  private static boolean tabled(Ed25519Table table, byte[] message, byte[] signature) {
    boolean alone = table.verifies(message, signature);
    for (NativeLanes lanes : NativeLanes.available()) {
      if (lanes != NativeLanes.PROVIDER) {
        agree(lanes, alone, table, message, signature);
      }
    }
    return alone;
  }

  private static void agree(
      NativeLanes lanes, boolean alone, Ed25519Table table, byte[] message, byte[] signature) {
    boolean[] same = new boolean[13];
    Ed25519Batch batch = new Ed25519Batch(same.length, lanes);
    for (int i = 0; i < same.length; i++) {
      if (i % 2 == 1 && signature.length == Signer.SIGNATURE_LENGTH) {
        byte[] joined = Arrays.copyOf(message, message.length + signature.length);
        System.arraycopy(signature, 0, joined, message.length, signature.length);
        batch.add(table, joined);
      } else {
        batch.add(table, message, signature);
      }
      same[i] = alone;
    }
    assertArrayEquals(same, batch.verdicts(), lanes.toString());
  }

  /**
   * A key with a part of order eight: the equation without cofactor holds for one message in eight,
   * the one with it for all.
   */
  @Test
  void keysOfMixedOrderGetOneVerdict() throws GeneralSecurityException {
    EdwardsPoint torsion = EdwardsPoint.decode(HEX.parseHex(EDGE_POINTS.get(6)));
    BigInteger secret = new BigInteger("1234567890123456789012345678901234567890");
    BigInteger nonce = new BigInteger("987654321098765432109876543210");
    byte[] key = EdwardsPoint.BASE.times(secret).plus(torsion).encode();
    byte[] r = EdwardsPoint.BASE.times(nonce).encode();
    int held = 0;
    for (byte i = 0; i < 64; i++) {
      byte[] message = {i};
      BigInteger h = EdwardsPoint.hash(r, key, message);
      byte[] signature = signature(r, nonce.add(h.multiply(secret)).mod(ORDER));
      agree(key, message, signature);
      assertEquals(
          h.mod(ORDER).mod(BigInteger.valueOf(8)).signum() == 0, tabled(key, message, signature));
      held += tabled(key, message, signature) ? 1 : 0;
    }
    assertTrue(held > 0 && held < 64, "held " + held);
  }

  @Test
  void tablesAgreeWithTheProviderOnSignaturesThatHold() {
    Property.check(
        "signatures that hold",
        300,
        gen -> {
          PrivateKeySigner signer = PrivateKeySigner.generate(gen);
          byte[] key = signer.publicKey().bytes();
          byte[] message = gen.bytes(gen.intBetween(0, 300));
          assertTrue(tabled(key, message, signer.sign(message)));
        });
  }

  private static byte[] signature(byte[] r, BigInteger s) {
    byte[] signature = new byte[64];
    System.arraycopy(r, 0, signature, 0, 32);
    byte[] big = s.toByteArray();
    for (int i = 0; i < big.length && i < 33; i++) {
      if (i < 32) {
        signature[32 + i] = big[big.length - 1 - i];
      }
    }
    return signature;
  }

  @Test
  void edgePointsAsKeysAndAsCommitments() {
    List<byte[]> points = new ArrayList<>();
    EDGE_POINTS.forEach(hex -> points.add(HEX.parseHex(hex)));
    points.add(PrivateKeySigner.generate(new Gen(1)).publicKey().bytes());
    List<BigInteger> scalars =
        List.of(BigInteger.ZERO, BigInteger.ONE, ORDER.subtract(BigInteger.ONE), ORDER);
    for (byte[] key : points) {
      for (byte[] r : points) {
        for (BigInteger s : scalars) {
          agree(key, new byte[] {7}, signature(r, s));
        }
      }
    }
  }

  @Test
  void noKeyOfSmallOrderAndNoOtherEncodingIsAccepted() {
    for (String hex : EDGE_POINTS) {
      assertFalse(Ed25519Acceptance.acceptsKey(HEX.parseHex(hex)), hex);
    }
  }

  /** Without the rule, the key 1 and the signature (1, 0) would sign every message. */
  @Test
  void ruleMattersForSmallOrder() {
    byte[] one = HEX.parseHex(EDGE_POINTS.getFirst());
    byte[] everything = signature(one, BigInteger.ZERO);
    assertTrue(jdk(one, new byte[] {1, 2, 3}, everything));
    assertFalse(ruled(one, new byte[] {1, 2, 3}, everything));
  }

  @Test
  void scalarNotBelowTheOrderIsRefused() throws Exception {
    PrivateKeySigner signer = PrivateKeySigner.generate(new Gen(2));
    byte[] message = {1};
    byte[] good = signer.sign(message);
    byte[] key = signer.publicKey().bytes();
    assertTrue(ruled(key, message, good));
    byte[] reversed = new byte[33];
    for (int i = 0; i < 32; i++) {
      reversed[32 - i] = good[32 + i];
    }
    byte[] malleated = signature(good, new BigInteger(reversed).add(ORDER));
    assertFalse(Ed25519Acceptance.acceptsSignature(malleated));
    agree(key, message, malleated);
  }

  @Test
  void mutatedSignaturesGetOneVerdict() {
    Property.check(
        "mutated signatures",
        60,
        gen -> {
          PrivateKeySigner signer = PrivateKeySigner.generate(gen);
          byte[] message = gen.bytes(gen.intBetween(0, 40));
          byte[] signature = signer.sign(message);
          byte[] key = signer.publicKey().bytes();
          assertTrue(ruled(key, message, signature) && ruledJdk(key, message, signature));
          byte[] target = gen.pick(key, signature);
          target[gen.intBetween(0, target.length - 1)] ^= (byte) (1 << gen.intBetween(0, 7));
          agree(key, message, signature);
        });
  }
}
