package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import java.util.Optional;

/**
 * What a validator must remember of itself through a crash, so that it never contradicts what it
 * sent: the round it is in, its votes of that round, and its lock.
 *
 * @param proposed the digest it proposed in {@code round}
 * @param prepared the digest it prepared in {@code round}
 * @param lock what it last committed to at {@code height}
 */
public record VoteRecord(
    Height height,
    Round round,
    Optional<Digest> proposed,
    Optional<Digest> prepared,
    Optional<PreparedCertificate> lock) {

  static VoteRecord none(Height height) {
    return new VoteRecord(height, Round.ZERO, Optional.empty(), Optional.empty(), Optional.empty());
  }

  VoteRecord entering(Round next) {
    return new VoteRecord(height, next, Optional.empty(), Optional.empty(), lock);
  }

  VoteRecord proposing(Digest digest) {
    return new VoteRecord(height, round, Optional.of(digest), prepared, lock);
  }

  VoteRecord preparing(Digest digest) {
    return new VoteRecord(height, round, proposed, Optional.of(digest), lock);
  }

  VoteRecord locking(PreparedCertificate certificate) {
    return new VoteRecord(height, round, proposed, prepared, Optional.of(certificate));
  }
}
