package io.metanode.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import supranational.blst.BLST_ERROR;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2_Affine;

/**
 * A BLS12-381 public key: a compressed G1 point other than infinity, in the prime-order subgroup.
 * Scheme and ciphersuite are those of draft-irtf-cfrg-bls-signature-05, {@code
 * BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_}.
 *
 * <p>Aggregates are safe against rogue keys only among keys whose {@linkplain #possessedBy proof of
 * possession} was checked when they were registered.
 */
public final class BlsPublicKey {

  /** The length of the key, in bytes. */
  public static final int LENGTH = 48;

  static final String SIGNATURE_DOMAIN = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";
  static final String POSSESSION_DOMAIN = "BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";

  private final byte[] raw;
  private final P1_Affine point;

  private BlsPublicKey(byte[] raw, P1_Affine point) {
    this.raw = raw;
    this.point = point;
  }

  static BlsPublicKey ofPoint(P1 point) {
    return new BlsPublicKey(point.compress(), point.to_affine());
  }

  /** The key with these 48 bytes; empty unless they encode a point a key may have. */
  public static Optional<BlsPublicKey> ofBytes(byte[] raw) {
    if (raw.length != LENGTH || !Bls.isCompressed(raw)) {
      return Optional.empty();
    }
    try {
      P1_Affine point = new P1_Affine(raw);
      boolean usable = !point.is_inf() && point.in_group();
      return usable ? Optional.of(new BlsPublicKey(raw.clone(), point)) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code signature} is this key's over {@code message}. */
  public boolean verifies(byte[] message, BlsSignature signature) {
    return verifies(point, message, signature, SIGNATURE_DOMAIN);
  }

  /** Whether {@code proof} shows that whoever registers this key holds its secret. */
  public boolean possessedBy(BlsSignature proof) {
    return verifies(point, raw, proof, POSSESSION_DOMAIN);
  }

  /**
   * Whether {@code signature} aggregates one signature of each of {@code keys} over the one {@code
   * message}. False for no keys. The keys' proofs of possession must have been checked before.
   */
  public static boolean allVerify(List<BlsPublicKey> keys, byte[] message, BlsSignature signature) {
    if (keys.isEmpty()) {
      return false;
    }
    P1 sum = keys.getFirst().point.to_jacobian();
    for (BlsPublicKey key : keys.subList(1, keys.size())) {
      sum.add(key.point);
    }
    return verifies(sum.to_affine(), message, signature, SIGNATURE_DOMAIN);
  }

  private static boolean verifies(
      P1_Affine key, byte[] message, BlsSignature signature, String domain) {
    Optional<P2_Affine> point = signature.point();
    return point.isPresent()
        && point.get().core_verify(key, true, message, domain) == BLST_ERROR.BLST_SUCCESS;
  }

  /** The 48 bytes. */
  public byte[] bytes() {
    return raw.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlsPublicKey that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  /** The 48 bytes in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(raw);
  }
}
