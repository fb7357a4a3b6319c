package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.MerkleList;
import io.metanode.ledger.block.PriorState;

/**
 * The ledger after a block: a value, from which the next one follows.
 *
 * @param head the block's header
 * @param state the state after it
 * @param resultsRoot the root over its results
 */
public record LedgerState(BlockHeader head, StateTree state, Bytes32 resultsRoot) {

  public static LedgerState of(Genesis genesis) {
    return new LedgerState(genesis.block().header(), genesis.state(), MerkleList.EMPTY_ROOT);
  }

  /**
   * A block applied.
   *
   * @param after the ledger after it
   * @param applied what it did
   */
  public record Step(LedgerState after, Applied applied) {}

  /** What the next block's header must say of us. */
  public PriorState prior(StateMachine machine) {
    long next = head.height() + 1;
    return new PriorState(
        state.root(),
        resultsRoot,
        machine.validators(state, next),
        machine.validators(state, next + 1));
  }

  /**
   * Applies the next block, which was decided.
   *
   * @param recent what was read lately of this state; afterwards, of the one after it
   * @throws IllegalArgumentException if it is not the next block
   */
  public Step apply(StateMachine machine, Block block, RecentAccounts recent) {
    BlockHeader header = block.header();
    if (header.height() != head.height() + 1 || !header.parent().equals(head.id())) {
      throw new IllegalArgumentException(
          "block %d %s does not follow block %d %s"
              .formatted(header.height(), header.parent(), head.height(), head.id()));
    }
    BlockContext context =
        new BlockContext(
            header.chain(), header.height(), header.timeMillis(), block.body().evidence());
    Applied applied = machine.apply(context, block.transactions(), recent.of(state));
    StateTree after = state.with(applied.changes());
    recent.follow(after, applied.accounts());
    return new Step(new LedgerState(header, after, applied.resultsRoot()), applied);
  }
}
