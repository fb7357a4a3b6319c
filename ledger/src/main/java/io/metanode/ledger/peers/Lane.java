package io.metanode.ledger.peers;

import java.util.Optional;

/**
 * What a frame is for. A lane that comes first here goes first on the wire.
 *
 * <p>A peer that cannot take in consensus messages is of no use as a peer: its link is closed and
 * made again. Of the other lanes what does not fit is dropped, since whoever misses it asks for it.
 */
public enum Lane {
  /** Votes and proposals. */
  CONSENSUS(1, 17 << 20, 52 << 20, true),
  /** Requests for, and answers with, what a validator misses. */
  SYNC(2, 34 << 20, 72 << 20, false),
  /** Transactions on their way to every validator. */
  GOSSIP(3, 2 << 20, 16 << 20, false);

  private final int code;
  private final int maxFrame;
  private final int maxQueued;
  private final boolean vital;

  Lane(int code, int maxFrame, int maxQueued, boolean vital) {
    this.code = code;
    this.maxFrame = maxFrame;
    this.maxQueued = maxQueued;
    this.vital = vital;
  }

  /** The byte that names it in a frame. */
  int code() {
    return code;
  }

  /** The longest payload of a frame, in bytes. */
  public int maxFrame() {
    return maxFrame;
  }

  /** The most bytes that may wait to be sent to one peer. */
  int maxQueued() {
    return maxQueued;
  }

  /** Whether a peer that does not keep up loses its link. */
  boolean vital() {
    return vital;
  }

  static Optional<Lane> ofCode(int code) {
    for (Lane lane : values()) {
      if (lane.code == code) {
        return Optional.of(lane);
      }
    }
    return Optional.empty();
  }
}
