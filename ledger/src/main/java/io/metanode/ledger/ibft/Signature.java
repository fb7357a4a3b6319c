package io.metanode.ledger.ibft;

import io.metanode.crypto.Signer;
import java.util.Arrays;
import java.util.HexFormat;

/** The Ed25519 signature of a message, 64 bytes. */
public final class Signature {

  private final byte[] raw;

  private Signature(byte[] raw) {
    this.raw = raw;
  }

  /**
   * @throws IllegalArgumentException if there are not 64 bytes
   */
  public static Signature ofBytes(byte[] raw) {
    if (raw.length != Signer.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("an Ed25519 signature has 64 bytes, not " + raw.length);
    }
    return new Signature(raw.clone());
  }

  public byte[] bytes() {
    return raw.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signature that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(raw, 0, 4);
  }
}
