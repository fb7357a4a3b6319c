package io.metanode.ledger;

import io.metanode.foundation.Bytes32;

/**
 * How far a log came by LogBlocks, as a validator says.
 *
 * @param owner who submits them
 * @param number the newest one's
 * @param digest the newest one's
 * @param size the receipts that are final
 * @param root the RFC 6962 root over them
 * @param height the block that made them final
 * @param forked whether the log contradicted itself: it takes no more
 */
public record LogStanding(
    Bytes32 owner,
    long number,
    Bytes32 digest,
    long size,
    Bytes32 root,
    long height,
    boolean forked) {

  /** Where a log stands once a LogBlock of it is final. */
  public static LogStanding after(LogBlock block, long height) {
    return new LogStanding(
        block.owner(), block.number(), block.digest(), block.to(), block.root(), height, false);
  }
}
