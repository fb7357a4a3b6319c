package io.metanode.ledger.block;

import io.metanode.ledger.transaction.TransactionId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The rules every block must keep, apart from who may propose it and whether its signatures hold.
 *
 * @param ticks the tick chain of this chain
 * @param maxTransactions at most {@link Block#MAX_TRANSACTIONS}
 * @param maxAheadMillis how far a proposer's clock may be ahead of ours
 */
public record BlockRules(TickChain ticks, int maxTransactions, long maxAheadMillis) {

  /**
   * Checks a proposal that should follow {@code parent}.
   *
   * @param prior what we found after applying the parent
   * @param nowMillis our clock
   * @param threads where the ticks are checked
   * @return the first fault; empty if there is none
   */
  public Optional<BlockFault> check(
      CompactBlock proposal,
      BlockHeader parent,
      PriorState prior,
      long nowMillis,
      Executor threads) {
    BlockHeader header = proposal.header();
    return place(header, parent, nowMillis)
        .or(() -> contents(proposal))
        .or(() -> fault(!header.prior().equals(prior), BlockFault.PRIOR_STATE_DIFFERS))
        .or(
            () ->
                fault(
                    !ticks.holds(parent.ticks(), header, proposal.body().checkpoints(), threads),
                    BlockFault.TICKS_WRONG));
  }

  /** Whether everything in the block follows from its header and the tick before it. */
  public boolean binds(CompactBlock block, TickMark previous, Executor threads) {
    return Block.contents(block.body(), block.ids()).equals(block.header().contents())
        && ticks.holds(previous, block.header(), block.body().checkpoints(), threads);
  }

  /** {@link #check} of a block that {@link #binds}. */
  public Optional<BlockFault> checkBound(
      CompactBlock block, BlockHeader parent, PriorState prior, long nowMillis) {
    return place(block.header(), parent, nowMillis)
        .or(() -> ids(block.ids()))
        .or(() -> fault(!block.header().prior().equals(prior), BlockFault.PRIOR_STATE_DIFFERS));
  }

  private Optional<BlockFault> place(BlockHeader header, BlockHeader parent, long nowMillis) {
    return fault(!header.chain().equals(parent.chain()), BlockFault.WRONG_CHAIN)
        .or(() -> fault(header.height() != parent.height() + 1, BlockFault.WRONG_HEIGHT))
        .or(() -> fault(!header.parent().equals(parent.id()), BlockFault.WRONG_PARENT))
        .or(() -> fault(header.timeMillis() <= parent.timeMillis(), BlockFault.TIME_NOT_LATER))
        .or(
            () ->
                fault(header.timeMillis() - nowMillis > maxAheadMillis, BlockFault.TIME_IN_FUTURE));
  }

  private Optional<BlockFault> contents(CompactBlock proposal) {
    Contents found = Block.contents(proposal.body(), proposal.ids());
    return ids(proposal.ids())
        .or(() -> fault(!found.equals(proposal.header().contents()), BlockFault.CONTENTS_DIFFER));
  }

  private Optional<BlockFault> ids(List<TransactionId> ids) {
    return fault(ids.size() > maxTransactions, BlockFault.TOO_LARGE)
        .or(() -> fault(new HashSet<>(ids).size() != ids.size(), BlockFault.TRANSACTION_TWICE));
  }

  private static Optional<BlockFault> fault(boolean holds, BlockFault fault) {
    return holds ? Optional.of(fault) : Optional.empty();
  }
}
