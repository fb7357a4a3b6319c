package io.metanode.ledger.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One case for each fault; each proposal has all later faults too, where it can. */
class BlockRulesTest {

  private final TestChain chain = new TestChain(1, 3, 1);
  private final BlockHeader parent = chain.ledger.head();
  private final PriorState prior = chain.ledger.prior(chain.machine);
  private final List<Transaction> transactions =
      List.of(chain.transfer(0, 1, 1), chain.transfer(1, 2, 1));
  private final CompactBlock good = chain.block(transactions).compact();
  private final BlockRules rules = new BlockRules(chain.genesis.parameters().ticks(), 2, 500);

  private Optional<BlockFault> check(CompactBlock proposal) {
    long now = parent.timeMillis() + 100;
    return rules.check(proposal, parent, prior, now, Runnable::run);
  }

  /** The good header with some fields changed. */
  private static final class Changed {
    private final BlockHeader h;
    private ChainTag tag;
    private long height;
    private BlockId parent;
    private long time;
    private Contents contents;
    private PriorState prior;
    private TickMark ticks;

    Changed(BlockHeader header) {
      h = header;
      tag = h.chain();
      height = h.height();
      parent = h.parent();
      time = h.timeMillis();
      contents = h.contents();
      prior = h.prior();
      ticks = h.ticks();
    }

    BlockHeader header() {
      return new BlockHeader(
          tag, height, h.round(), parent, time, h.proposer(), contents, prior, ticks);
    }
  }

  private CompactBlock all(int faults, List<TransactionId> ids) {
    Changed changed = new Changed(good.header());
    List<Runnable> damage =
        List.of(
            () -> changed.ticks = new TickMark(64, Bytes32.ZERO),
            () ->
                changed.prior =
                    new PriorState(
                        Bytes32.ZERO, Bytes32.ZERO, prior.validators(), prior.nextValidators()),
            () -> changed.contents = Contents.EMPTY,
            () -> changed.time = Long.MAX_VALUE,
            () -> changed.time = parent.timeMillis(),
            () -> changed.parent = BlockId.NONE,
            () -> changed.height = 5,
            () -> changed.tag = new ChainTag(0));
    damage.subList(0, faults).forEach(Runnable::run);
    return new CompactBlock(changed.header(), good.body(), ids);
  }

  @Test
  void faultsInTheirOrder() {
    assertEquals(Optional.empty(), check(good));
    List<TransactionId> ids = good.ids();
    assertEquals(Optional.of(BlockFault.TICKS_WRONG), check(all(1, ids)));
    assertEquals(Optional.of(BlockFault.PRIOR_STATE_DIFFERS), check(all(2, ids)));
    assertEquals(Optional.of(BlockFault.CONTENTS_DIFFER), check(all(3, ids)));
    List<TransactionId> twice = List.of(ids.getFirst(), ids.getFirst());
    assertEquals(Optional.of(BlockFault.TRANSACTION_TWICE), check(all(3, twice)));
    List<TransactionId> many = Collections.nCopies(3, ids.getFirst());
    assertEquals(Optional.of(BlockFault.TOO_LARGE), check(all(3, many)));
    assertEquals(Optional.of(BlockFault.TIME_IN_FUTURE), check(all(4, many)));
    assertEquals(Optional.of(BlockFault.TIME_NOT_LATER), check(all(5, many)));
    assertEquals(Optional.of(BlockFault.WRONG_PARENT), check(all(6, many)));
    assertEquals(Optional.of(BlockFault.WRONG_HEIGHT), check(all(7, many)));
    assertEquals(Optional.of(BlockFault.WRONG_CHAIN), check(all(8, many)));
  }

  @Test
  void otherOrderOfTransactionsIsAnotherBlock() {
    List<TransactionId> swapped = good.ids().reversed();
    assertEquals(
        Optional.of(BlockFault.CONTENTS_DIFFER),
        check(new CompactBlock(good.header(), good.body(), swapped)));
  }

  @Test
  void everyCheckpointCounts() {
    List<Bytes32> checkpoints = good.body().checkpoints();
    assertEquals(4, checkpoints.size());
    for (int i = 0; i < checkpoints.size(); i++) {
      List<Bytes32> wrong = new ArrayList<>(checkpoints);
      wrong.set(i, Bytes32.ZERO);
      Body body = new Body(wrong, List.of());
      assertEquals(
          Optional.of(BlockFault.TICKS_WRONG),
          check(new CompactBlock(good.header(), body, good.ids())));
    }
    Body fewer = new Body(checkpoints.subList(1, 4), List.of());
    assertEquals(
        Optional.of(BlockFault.TICKS_WRONG),
        check(new CompactBlock(good.header(), fewer, good.ids())));
  }

  @Test
  void ticksFollowFromTheParentAndTheContents() {
    TickChain ticks = chain.genesis.parameters().ticks();
    Contents contents = good.header().contents();
    List<Bytes32> run = ticks.run(parent.ticks(), contents);
    assertEquals(good.body().checkpoints(), run);
    assertTrue(Collections.disjoint(run, ticks.run(parent.ticks(), Contents.EMPTY)));
    TickMark other = new TickMark(64, Bytes32.ZERO);
    assertTrue(Collections.disjoint(run, ticks.run(other, contents)));
  }
}
