package io.metanode.ledger;

import io.metanode.foundation.Bytes32;
import java.util.List;

/**
 * A LogBlock that the ledger verified and took: a run of a log's receipts and what they metered.
 *
 * @param digest of the LogBlock
 * @param owner who owns the log
 * @param from the leaves of the log before it
 * @param to the leaves of the log with it
 * @param usage its five sums in millionths, in the order of the receipts
 * @param timeMillis of the block that took it
 * @param height of that block
 */
public record AcceptedLogBlock(
    Bytes32 digest,
    Bytes32 owner,
    long from,
    long to,
    List<Long> usage,
    long timeMillis,
    long height) {

  public AcceptedLogBlock {
    usage = List.copyOf(usage);
  }
}
