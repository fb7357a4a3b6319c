package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * A validator as the state keeps it.
 *
 * @param key the Ed25519 key its messages verify with
 * @param sealKey the BLS12-381 key its commit seals verify with, 48 bytes
 */
public record ValidatorKeys(Bytes32 key, Bytes sealKey) implements Comparable<ValidatorKeys> {

  /** The length of a BLS key, in bytes. */
  public static final int SEAL_KEY_LENGTH = 48;

  /** The length of both keys, in bytes. */
  public static final int LENGTH = Bytes32.LENGTH + SEAL_KEY_LENGTH;

  /**
   * @throws IllegalArgumentException unless the BLS key has 48 bytes
   */
  public ValidatorKeys {
    if (sealKey.length() != SEAL_KEY_LENGTH) {
      throw new IllegalArgumentException("a BLS key of " + sealKey.length() + " bytes");
    }
  }

  void encode(Encoder out) {
    out.bytes32(key).raw(sealKey);
  }

  public static ValidatorKeys decode(Decoder in) throws DecodingException {
    return new ValidatorKeys(in.bytes32(), in.raw(SEAL_KEY_LENGTH));
  }

  @Override
  public int compareTo(ValidatorKeys other) {
    return key.compareTo(other.key);
  }
}
