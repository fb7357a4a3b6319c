package io.metanode.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import supranational.blst.P2;
import supranational.blst.P2_Affine;

/**
 * A BLS12-381 signature or an aggregate of them: 96 bytes that ought to be a compressed G2 point.
 * Whether they are shows when they are used, so that signatures are cheap to carry and to compare.
 */
public final class BlsSignature {

  /** The length of a signature, in bytes. */
  public static final int LENGTH = 96;

  private final byte[] raw;

  private BlsSignature(byte[] raw) {
    this.raw = raw;
  }

  /**
   * @throws IllegalArgumentException if there are not 96 bytes
   */
  public static BlsSignature ofBytes(byte[] raw) {
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("a BLS signature has 96 bytes, not " + raw.length);
    }
    return new BlsSignature(raw.clone());
  }

  /**
   * The sum of the signatures; empty if there are none, or one is not a point of the prime-order
   * subgroup.
   */
  public static Optional<BlsSignature> aggregate(List<BlsSignature> signatures) {
    P2 sum = new P2();
    for (BlsSignature signature : signatures) {
      Optional<P2_Affine> point = signature.point().filter(P2_Affine::in_group);
      if (point.isEmpty()) {
        return Optional.empty();
      }
      sum.add(point.get());
    }
    return signatures.isEmpty()
        ? Optional.empty()
        : Optional.of(new BlsSignature(sum.to_affine().compress()));
  }

  /** The point, in the prime-order subgroup or not; {@code core_verify} checks that itself. */
  Optional<P2_Affine> point() {
    if (!Bls.isCompressed(raw)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new P2_Affine(raw));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The 96 bytes. */
  public byte[] bytes() {
    return raw.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlsSignature that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  /** The 96 bytes in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(raw);
  }
}
