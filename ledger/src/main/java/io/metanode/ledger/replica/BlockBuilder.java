package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Clock;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.Body;
import io.metanode.ledger.block.Contents;
import io.metanode.ledger.block.TickChain;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.mempool.Mempool;
import io.metanode.ledger.state.Parameters;
import io.metanode.ledger.store.Chain;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.List;

/** Makes the blocks that a validator proposes. */
final class BlockBuilder {

  private final Chain chain;
  private final Mempool pool;
  private final Parameters parameters;
  private final long most;
  private final Clock clock;

  /**
   * @param most bytes of transactions
   */
  BlockBuilder(Chain chain, Mempool pool, Parameters parameters, long most, Clock clock) {
    this.chain = chain;
    this.pool = pool;
    this.parameters = parameters;
    this.most = most;
    this.clock = clock;
  }

  /**
   * The next block.
   *
   * @param proposer our key
   */
  Block build(Round round, Bytes32 proposer, List<Bytes> evidence) {
    List<Transaction> chosen =
        pool.select(parameters.maxTransactions(), most).stream()
            .map(VerifiedTransaction::transaction)
            .toList();
    BlockHeader parent = chain.ledger().head();
    Contents contents =
        Block.contents(
            new Body(List.of(), evidence), chosen.stream().map(Transaction::id).toList());
    TickChain ticks = parameters.ticks();
    List<Bytes32> checkpoints = ticks.run(parent.ticks(), contents);
    BlockHeader header =
        new BlockHeader(
            parent.chain(),
            parent.height() + 1,
            round.value(),
            parent.id(),
            Math.max(clock.now().toEpochMilli(), parent.timeMillis() + 1),
            proposer,
            contents,
            chain.prior(),
            ticks.mark(checkpoints));
    return new Block(header, new Body(checkpoints, evidence), chosen);
  }
}
