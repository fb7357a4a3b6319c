package io.metanode.ledger.block;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * A block and the certificate that made it final.
 *
 * @param certificate opaque here; the consensus that made it can read it
 */
public record SealedBlock(Block block, Bytes certificate) {

  private static final int MAGIC = 0x4d4e5301;

  /** The longest certificate, in bytes. */
  public static final int MAX_CERTIFICATE = 1 << 16;

  public Bytes encode() {
    Bytes inner = block.encode();
    return new Encoder(inner.length() + certificate.length() + 12)
        .u32(MAGIC)
        .prefixed(inner)
        .prefixed(certificate)
        .finish();
  }

  public static SealedBlock decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    Block block = Block.decode(in.prefixed(Block.MAX_LENGTH));
    Bytes certificate = in.prefixed(MAX_CERTIFICATE);
    in.end();
    return new SealedBlock(block, certificate);
  }
}
