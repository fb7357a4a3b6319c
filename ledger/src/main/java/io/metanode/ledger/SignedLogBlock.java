package io.metanode.ledger;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * A LogBlock with a signature of its log, which decoding does not check.
 *
 * @param signature Ed25519, 64 bytes
 */
public record SignedLogBlock(LogBlock block, Bytes signature) {

  /**
   * @throws IllegalArgumentException unless the signature has 64 bytes
   */
  public SignedLogBlock {
    if (signature.length() != Signer.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("a signature of " + signature.length() + " bytes");
    }
  }

  /** Whether the key that the LogBlock names signed it, by the ledger's rule for signatures. */
  public boolean holds() {
    byte[] key = block.key().bytes();
    return Ed25519Acceptance.acceptsKey(key)
        && Ed25519Acceptance.acceptsSignature(signature.toArray())
        && Ed25519PublicKey.ofBytes(key)
            .filter(known -> known.verifies(block.encode().toArray(), signature.toArray()))
            .isPresent();
  }

  public void encode(Encoder out) {
    block.encode(out);
    out.raw(signature);
  }

  public static SignedLogBlock decode(Decoder in) throws DecodingException {
    return new SignedLogBlock(LogBlock.decode(in), in.raw(Signer.SIGNATURE_LENGTH));
  }
}
