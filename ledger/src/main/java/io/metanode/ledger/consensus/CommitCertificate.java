package io.metanode.ledger.consensus;

import io.metanode.crypto.BlsPublicKey;
import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Proof that a quorum decided a block: one BLS signature that aggregates the seals of the signers
 * over {@link #sealed}. The round is under the seal, because seals of different rounds must not add
 * up to a quorum.
 *
 * @param digest the decided proposal's
 */
public record CommitCertificate(
    Height height, Round round, Digest digest, SignerBitmap signers, BlsSignature aggregate) {

  private static final byte[] DOMAIN = "metanode-seal-v1".getBytes(StandardCharsets.US_ASCII);
  private static final int SEALED_LENGTH = 16 + ChainId.LENGTH + Long.BYTES + Integer.BYTES + 32;

  /** The bytes a commit seal signs (docs/formats/consensus.md). */
  public static byte[] sealed(ChainId chain, Height height, Round round, Digest digest) {
    return ByteBuffer.allocate(SEALED_LENGTH)
        .put(DOMAIN)
        .put(chain.bytes())
        .putLong(height.value())
        .putInt(round.value())
        .put(digest.bytes())
        .array();
  }

  /** The signers, if they are a quorum of {@code validators}. */
  public Optional<List<Validator>> quorum(ValidatorSet validators) {
    return signers.signers(validators).filter(s -> s.size() >= validators.quorum());
  }

  /**
   * Whether a quorum of {@code validators}, the set of this height, sealed the digest. Costs a
   * pairing, about a millisecond.
   */
  public boolean verifies(ChainId chain, ValidatorSet validators) {
    return quorum(validators)
        .map(
            signed ->
                BlsPublicKey.allVerify(
                    signed.stream().map(Validator::sealKey).toList(),
                    sealed(chain, height, round, digest),
                    aggregate))
        .orElse(false);
  }
}
