package io.metanode.ledger.ibft;

import io.metanode.crypto.BlsSignature;
import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import java.util.Optional;

/** What a validator signs (UnsignedProposal, UnsignedPrepare, ... of the specification). */
public sealed interface Payload {

  Height height();

  Round round();

  /** Stands for the kind in encodings: 1 to 4 in the order of the records below. */
  byte kind();

  /** The leader of the round proposes the block with this digest. */
  record ProposalPayload(Height height, Round round, Digest digest) implements Payload {
    static final byte KIND = 1;

    @Override
    public byte kind() {
      return KIND;
    }
  }

  /** The author accepted the round's proposal. */
  record PreparePayload(Height height, Round round, Digest digest) implements Payload {
    static final byte KIND = 2;

    @Override
    public byte kind() {
      return KIND;
    }
  }

  /**
   * The author saw a quorum prepare the digest, and is locked on it.
   *
   * @param seal the author's share of the commit certificate
   */
  record CommitPayload(Height height, Round round, Digest digest, BlsSignature seal)
      implements Payload {
    static final byte KIND = 3;

    @Override
    public byte kind() {
      return KIND;
    }
  }

  /**
   * The author left all rounds before {@code round}.
   *
   * @param prepared what the author is locked on: the last it committed to at this height
   */
  record RoundChangePayload(Height height, Round round, Optional<PreparedClaim> prepared)
      implements Payload {
    static final byte KIND = 4;

    @Override
    public byte kind() {
      return KIND;
    }
  }

  /** A digest that a quorum prepared, and the round in which it did. */
  record PreparedClaim(Round round, Digest digest) {}
}
