package io.metanode.ledger.replica;

import io.metanode.ledger.ibft.RoundTimeouts;
import io.metanode.ledger.mempool.MempoolLimits;
import io.metanode.ledger.store.StoreOptions;

/**
 * What each validator may choose for itself.
 *
 * @param idleMillis how long the next block waits while there is nothing to put into it; not below
 *     the block timer
 * @param mostVerifying transactions that may wait for their signatures to be checked; clients and
 *     gossip beyond are turned away
 * @param blockBytes the most bytes of transactions of a block this validator proposes
 * @param maxAheadMillis how far a proposer's clock may be ahead of ours
 * @param retryMillis after which something that was asked for is asked for elsewhere
 * @param snapshotEvery heights between the snapshots it offers to peers
 * @param snapshotBits a snapshot is cut into 2^bits chunks
 * @param syncBeyond so many blocks behind, a validator without any block asks for a snapshot
 */
public record ReplicaOptions(
    RoundTimeouts timeouts,
    long idleMillis,
    MempoolLimits mempool,
    int mostVerifying,
    long blockBytes,
    long maxAheadMillis,
    long retryMillis,
    StoreOptions store,
    int snapshotEvery,
    int snapshotBits,
    long syncBeyond) {

  public static final ReplicaOptions DEFAULT =
      new ReplicaOptions(
          RoundTimeouts.DEFAULT,
          2_000,
          MempoolLimits.DEFAULT,
          50_000,
          4L << 20,
          15_000,
          500,
          StoreOptions.DEFAULT,
          1_000,
          8,
          2_000);
}
