package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.state.StateChunk;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.util.List;

/** What validators send each other (docs/formats/ledger-network.md). */
public sealed interface PeerMessage {

  /** A message of the consensus, signed by its author, who need not be the sender. */
  record Consensus(Bytes message) implements PeerMessage {}

  /** Transactions: gossip, or the answer to {@link WantTransactions}. */
  record Transactions(List<Transaction> transactions) implements PeerMessage {}

  /** Asks for transactions that a proposal names. */
  record WantTransactions(List<TransactionId> ids) implements PeerMessage {}

  /**
   * Where the sender is.
   *
   * @param height of its last block
   * @param first the first block it still has
   */
  record Status(long height, long first) implements PeerMessage {}

  /** Asks for blocks from a height on, answered by as many as fit, {@code count} at most. */
  record WantBlocks(long from, int count) implements PeerMessage {}

  /** Blocks of successive heights. Who has not got the first one asked for sends its status. */
  record Blocks(List<SealedBlock> blocks) implements PeerMessage {}

  /**
   * Asks for a recent snapshot.
   *
   * @param trusted the height from which the validators decide that the asker trusts
   */
  record WantSnapshot(long trusted) implements PeerMessage {}

  /** The answer to {@link WantSnapshot}. */
  record Snapshot(SnapshotOffer offer) implements PeerMessage {}

  /** Asks for a chunk of the snapshot after the block at {@code height}. */
  record WantChunk(long height, int index) implements PeerMessage {}

  /** The answer to {@link WantChunk}. */
  record Chunk(long height, StateChunk chunk) implements PeerMessage {}

  /** Proof that a validator contradicted itself (docs/formats/consensus.md). */
  record Evidence(Bytes evidence) implements PeerMessage {}
}
