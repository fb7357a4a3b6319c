package io.metanode.ledger.peers;

import java.time.Duration;

/**
 * What a peer may cost.
 *
 * @param handshake how long a connection may take to prove its key
 * @param handshakes how many connections may be at that at once
 * @param silence after which a link without a sign of life is given up
 * @param bytesPerSecond what is read from a peer; more waits in its own buffers
 * @param framesPerSecond likewise
 * @param unprocessed the bytes of a peer that may wait here to be processed; then it is not read
 * @param retryFirst the pause before the second attempt to connect
 * @param retryMost the longest pause between attempts
 */
public record PeerLimits(
    Duration handshake,
    int handshakes,
    Duration silence,
    long bytesPerSecond,
    long framesPerSecond,
    long unprocessed,
    Duration retryFirst,
    Duration retryMost) {

  public static final PeerLimits DEFAULT =
      new PeerLimits(
          Duration.ofSeconds(10),
          64,
          Duration.ofSeconds(10),
          64L << 20,
          20_000,
          64L << 20,
          Duration.ofMillis(100),
          Duration.ofSeconds(5));

  /** How often a side that has nothing to say says that it lives. */
  Duration keepAlive() {
    return silence.dividedBy(4);
  }
}
