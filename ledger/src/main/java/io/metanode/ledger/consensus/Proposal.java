package io.metanode.ledger.consensus;

import io.metanode.foundation.Digest;
import java.util.Objects;

/**
 * What validators agree on: bytes that consensus does not read, and their digest. The digest
 * depends on the height and the bytes alone, so that a proposal keeps it in every round.
 *
 * @param payload not to be changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // compared by height and digest
public record Proposal(Height height, Digest digest, byte[] payload) {

  /** Equal heights and digests: the digest binds the payload. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Proposal that
        && height.equals(that.height)
        && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(height, digest);
  }

  @Override
  public String toString() {
    return "proposal " + digest.hex().substring(0, 8) + " at " + height;
  }
}
