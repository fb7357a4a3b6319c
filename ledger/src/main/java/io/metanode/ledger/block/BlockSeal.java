package io.metanode.ledger.block;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Digest;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.SignerBitmap;

/**
 * A commit certificate without what the header it belongs to says already.
 *
 * @param round in which the block was decided
 */
public record BlockSeal(Round round, SignerBitmap signers, BlsSignature aggregate) {

  private static final int MAGIC = 0x4d4e4301;
  private static final int LONGEST_BITMAP = 128;

  /** The longest encoding, in bytes. */
  public static final int MAX_LENGTH = 12 + LONGEST_BITMAP + BlsSignature.LENGTH;

  public static BlockSeal of(CommitCertificate certificate) {
    return new BlockSeal(certificate.round(), certificate.signers(), certificate.aggregate());
  }

  /** The certificate of the block with this header. */
  public CommitCertificate certificate(BlockHeader header) {
    Digest digest = Digest.ofBytes(header.id().value().bytes());
    return new CommitCertificate(new Height(header.height()), round, digest, signers, aggregate);
  }

  public Bytes encode() {
    return new Encoder(256)
        .u32(MAGIC)
        .u32(round.value())
        .prefixed(signers.bytes())
        .raw(aggregate.bytes())
        .toBytes();
  }

  public static BlockSeal decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    Round round = new Round(in.u31());
    SignerBitmap signers = SignerBitmap.ofBytes(in.prefixed(LONGEST_BITMAP).toArray());
    BlsSignature aggregate = BlsSignature.ofBytes(in.raw(BlsSignature.LENGTH).toArray());
    in.end();
    return new BlockSeal(round, signers, aggregate);
  }
}
