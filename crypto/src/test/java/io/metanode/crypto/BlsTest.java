package io.metanode.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.testkit.Gen;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors of the Ethereum Foundation's bls12-381-tests v0.1.2, where not said otherwise. */
class BlsTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final String KEY_1 =
      "263dbd792f5b1be47ed85f8938c0f29586af0d3ac7b977f21c278fe1462040e3";
  private static final String KEY_2 =
      "47b8192d77bf871b62e87859d653922725724a5c031afeabc60bcef5ff665138";
  private static final String KEY_3 =
      "328388aff0d4a5b7dc9205abd374e7e98f3cd9f3418edb4eafda5fb16473d216";
  private static final byte[] MESSAGE_AB = HEX.parseHex("ab".repeat(32));
  private static final byte[] MESSAGE_56 = HEX.parseHex("56".repeat(32));
  private static final String AGGREGATE =
      "9712c3edd73a209c742b8250759db12549b3eaf43b5ca61376d9f30e2747dbcf842d8b2ac0901d2a093713e20284a767"
          + "0fcf6954e9ab93de991bb9b313e664785a075fc285806fa5224c82bde146561b446ccfc706a64b8579513cfc4ff1d930";

  private static BlsSecretKey secret(String hex) {
    return BlsSecretKey.ofBytes(HEX.parseHex(hex)).orElseThrow();
  }

  private static BlsPublicKey key(String hex) {
    return BlsPublicKey.ofBytes(HEX.parseHex(hex)).orElseThrow();
  }

  private static BlsSignature signature(String hex) {
    return BlsSignature.ofBytes(HEX.parseHex(hex));
  }

  @Test
  void publicKeysFollowFromSecretKeys() {
    assertEquals(
        "a491d1b0ecd9bb917989f0e74f0dea0422eac4a873e5e2644f368dffb9a6e20fd6e10c1b77654d067c0618f6e5a7f79a",
        secret(KEY_1).publicKey().toString());
    assertEquals(
        "b301803f8b5ac4a1133581fc676dfedc60d891dd5fa99028805e5ea5b08d3491af75d0707adab3b70c6a6a580217bf81",
        secret(KEY_2).publicKey().toString());
    assertEquals(
        "b53d21a4cfd562c469cc81514d4ce5a6b577d8403d32a394dc265dd190b47fa9f829fdd7963afdf972e5e77854051f6f",
        secret(KEY_3).publicKey().toString());
  }

  @Test
  void signaturesAreThePublishedOnes() {
    assertEquals(
        "882730e5d03f6b42c3abc26d3372625034e1d871b65a8a6b900a56dae22da98abbe1b68f85e49fe7652a55ec3d0591c2"
            + "0767677e33e5cbb1207315c41a9ac03be39c2e7668edc043d6cb1d9fd93033caa8a1c5b0e84bedaeb6c64972503a43eb",
        secret(KEY_1).sign(MESSAGE_56).toString());
    assertEquals(
        "9674e2228034527f4c083206032b020310face156d4a4685e2fcaec2f6f3665aa635d90347b6ce124eb879266b1e801d"
            + "185de36a0a289b85e9039662634f2eea1e02e670bc7ab849d006a70b2f93b84597558a05b879c8d445f387a5d5b653df",
        secret(KEY_2).sign(MESSAGE_AB).toString());
    assertEquals(
        "948a7cb99f76d616c2c564ce9bf4a519f1bea6b0a624a02276443c245854219fabb8d4ce061d255af5330b078d538068"
            + "1751aa7053da2c98bae898edc218c75f07e24d8802a17cd1f6833b71e58f5eb5b94208b4d0bb3848cecb075ea21be115",
        secret(KEY_3).sign(new byte[32]).toString());
  }

  @Test
  void aggregateIsThePublishedOneAndVerifies() {
    List<BlsSecretKey> secrets = List.of(secret(KEY_1), secret(KEY_2), secret(KEY_3));
    List<BlsSignature> signatures = secrets.stream().map(s -> s.sign(MESSAGE_AB)).toList();
    BlsSignature aggregate = BlsSignature.aggregate(signatures).orElseThrow();
    assertEquals(AGGREGATE, aggregate.toString());
    List<BlsPublicKey> keys = secrets.stream().map(BlsSecretKey::publicKey).toList();
    assertTrue(BlsPublicKey.allVerify(keys, MESSAGE_AB, aggregate));
    assertFalse(BlsPublicKey.allVerify(keys, MESSAGE_56, aggregate));
    assertFalse(BlsPublicKey.allVerify(keys.subList(0, 2), MESSAGE_AB, aggregate));
    assertFalse(BlsPublicKey.allVerify(List.of(), MESSAGE_AB, aggregate));
  }

  /** Chia-Network/bls-signatures 2.0.2, "Chia test vector 3 (PoP)". */
  @Test
  void proofOfPossessionIsThePublishedOne() {
    BlsSecretKey secret =
        secret("258787ef728c898e43bc76244d70f468c9c7e1338a107b18b42da0d86b663c26");
    BlsSignature proof =
        signature(
            "84f709159435f0dc73b3e8bf6c78d85282d19231555a8ee3b6e2573aaf66872d9203fefa1ef700e34e7c3f3fb2821010"
                + "0558c6871c53f1ef6055b9f06b0d1abe22ad584ad3b957f3018a8f58227c6c716b1e15791459850f2289168fa0cf9115");
    assertEquals(proof, secret.proofOfPossession());
    assertTrue(secret.publicKey().possessedBy(proof));
    assertFalse(secret(KEY_1).publicKey().possessedBy(proof));
    assertFalse(secret.publicKey().verifies(secret.publicKey().bytes(), proof));
  }

  @Test
  void tamperedSignatureIsRefused() {
    String tampered =
        "882730e5d03f6b42c3abc26d3372625034e1d871b65a8a6b900a56dae22da98abbe1b68f85e49fe7652a55ec3d0591c2"
            + "0767677e33e5cbb1207315c41a9ac03be39c2e7668edc043d6cb1d9fd93033caa8a1c5b0e84bedaeb6c64972ffffffff";
    assertFalse(secret(KEY_1).publicKey().verifies(MESSAGE_56, signature(tampered)));
    assertTrue(BlsSignature.aggregate(List.of(signature(tampered))).isEmpty());
  }

  @Test
  void infinityIsNeitherKeyNorSignature() {
    byte[] infinity = new byte[BlsPublicKey.LENGTH];
    infinity[0] = (byte) 0xc0;
    assertTrue(BlsPublicKey.ofBytes(infinity).isEmpty());
    BlsSignature none = BlsSignature.ofBytes(Arrays.copyOf(infinity, BlsSignature.LENGTH));
    assertFalse(secret(KEY_1).publicKey().verifies(MESSAGE_AB, none));
    assertTrue(BlsSignature.aggregate(List.of()).isEmpty());
  }

  @Test
  void keysOutOfRangeAreRefused() {
    assertTrue(BlsSecretKey.ofBytes(new byte[32]).isEmpty());
    assertTrue(BlsSecretKey.ofBytes(new byte[31]).isEmpty());
    assertTrue(
        BlsSecretKey.ofBytes(
                HEX.parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001"))
            .isEmpty());
    assertTrue(BlsPublicKey.ofBytes(new byte[48]).isEmpty());
    assertTrue(BlsPublicKey.ofBytes(HEX.parseHex("8123456789abcdef".repeat(6))).isEmpty());
  }

  @Test
  void generatedKeysSignAndSurviveTheirBytes() {
    BlsSecretKey secret = BlsSecretKey.generate(new Gen(11));
    BlsSecretKey again = BlsSecretKey.ofBytes(secret.bytes()).orElseThrow();
    assertEquals(secret.publicKey(), again.publicKey());
    assertEquals(secret.publicKey(), key(secret.publicKey().toString()));
    assertTrue(secret.publicKey().verifies(MESSAGE_AB, again.sign(MESSAGE_AB)));
  }
}
