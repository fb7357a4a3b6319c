package io.metanode.ledger.consensus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which members of a validator set signed: bit {@code i % 8} of byte {@code i / 8}, counted from
 * the least significant, is the member at position {@code i}; the bits past the last are 0.
 */
public final class SignerBitmap {

  private final byte[] bits;

  private SignerBitmap(byte[] bits) {
    this.bits = bits;
  }

  /** The length of a bitmap over {@code validators} members, in bytes. */
  public static int length(int validators) {
    return (validators + Byte.SIZE - 1) / Byte.SIZE;
  }

  public static SignerBitmap ofBytes(byte[] bits) {
    return new SignerBitmap(bits.clone());
  }

  /**
   * @throws IllegalArgumentException if a signer is not in the set
   */
  public static SignerBitmap of(ValidatorSet set, Collection<ValidatorId> signers) {
    byte[] bits = new byte[length(set.size())];
    for (ValidatorId signer : signers) {
      int at =
          set.position(signer)
              .orElseThrow(() -> new IllegalArgumentException("no validator: " + signer));
      bits[at / Byte.SIZE] |= (byte) (1 << (at % Byte.SIZE));
    }
    return new SignerBitmap(bits);
  }

  /** The members whose bits are set; empty if the bitmap is not one over this set. */
  public Optional<List<Validator>> signers(ValidatorSet set) {
    if (bits.length != length(set.size())) {
      return Optional.empty();
    }
    List<Validator> signers = new ArrayList<>();
    for (int i = 0; i < bits.length * Byte.SIZE; i++) {
      if ((bits[i / Byte.SIZE] >> (i % Byte.SIZE) & 1) == 1) {
        if (i >= set.size()) {
          return Optional.empty();
        }
        signers.add(set.members().get(i));
      }
    }
    return Optional.of(List.copyOf(signers));
  }

  public byte[] bytes() {
    return bits.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignerBitmap that && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bits);
  }
}
