package io.metanode.ledger.peers;

/**
 * One message on a link: a lane's byte, a length in four bytes (big-endian), and as many bytes.
 *
 * @param payload not to be changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(Lane lane, byte[] payload) {

  /** The bytes before a payload. */
  static final int HEAD = 5;

  /** The byte of a frame without payload that only says that the sender lives. */
  static final int KEEP_ALIVE = 0;

  /**
   * @throws IllegalArgumentException if the payload is longer than the lane takes
   */
  public Frame {
    if (payload.length > lane.maxFrame()) {
      throw new IllegalArgumentException(
          "a frame of %d bytes on lane %s, which takes %d"
              .formatted(payload.length, lane, lane.maxFrame()));
    }
  }

  int length() {
    return HEAD + payload.length;
  }
}
