package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.Map;

/**
 * Keeps a validator that may have forgotten its votes from contradicting them. One whose journal is
 * empty asks where the others are: if a quorum is at the beginning, so is it. Otherwise it may have
 * voted before its disks were lost, at a height that is at most two above the highest it hears of,
 * since a quorum had decided the one below; up to there it says nothing. One whose blocks are older
 * than its votes says nothing until it is where it voted.
 */
final class Silence {

  private static final long UNKNOWN = Long.MAX_VALUE;
  private static final int AHEAD = 2;

  private long until;

  private Silence(long until) {
    this.until = until;
  }

  /** A validator that remembers: it may vote above {@code height}. */
  static Silence until(long height) {
    return new Silence(height);
  }

  /** A validator that remembers nothing. */
  static Silence unknown() {
    return new Silence(UNKNOWN);
  }

  boolean isUnknown() {
    return until == UNKNOWN;
  }

  /** The last height of its silence. */
  long end() {
    return until;
  }

  /** Whether it may not vote at a height. */
  boolean covers(long height) {
    return height <= until;
  }

  /** Hears where others are; whether that was enough to know when it may vote. */
  boolean learn(ValidatorSet set, ValidatorId self, Map<ValidatorId, PeerMessage.Status> others) {
    if (!isUnknown()) {
      return false;
    }
    long heard =
        others.keySet().stream().filter(id -> !id.equals(self) && set.contains(id)).count();
    if (heard + 1 < set.quorum()) {
      return false;
    }
    long highest = others.values().stream().mapToLong(PeerMessage.Status::height).max().orElse(0);
    until = highest == 0 ? 0 : highest + AHEAD;
    return true;
  }
}
