package io.metanode.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LogBlock;
import io.metanode.ledger.SignedLogBlock;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.UsageSums;
import io.metanode.ledger.state.Operation.SubmitLogBlock;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whatever is submitted, in whatever order and however often: what the chain holds of a log is one
 * line of LogBlocks without gap or overlap, whose sums are those of its receipts, each once.
 */
class LogBlocksPropertyTest {

  private static final int STEPS = 40;
  private static final String NAME = "log.example/one";

  /** One chain, its log, and what should have come of it. */
  private static final class Run {

    private final Gen gen;
    private final TestChain chain = new TestChain(3, 2, 1);
    private final TestLog log = new TestLog(NAME, 5, chain.genesis.chain(), chain.account(0));
    private final TestLog stranger = new TestLog(NAME, 6, chain.genesis.chain(), chain.account(0));
    private final List<SubmitLogBlock> line = new ArrayList<>();
    private final List<SubmitLogBlock> accepted = new ArrayList<>();
    private boolean forked;

    Run(Gen gen) {
      this.gen = gen;
      long from = 0;
      Bytes32 previous = Bytes32.ZERO;
      for (int number = 0; number < 12; number++) {
        long to = from + gen.between(1, 9);
        line.add(log.submit(number, previous, from, to));
        previous = line.getLast().signed().block().digest();
        from = to;
      }
    }

    void step(boolean mayFork) {
      SubmitLogBlock honest = line.get(Math.min(accepted.size(), line.size() - 1));
      switch (gen.intBetween(0, mayFork ? 7 : 6)) {
        case 0, 1 -> submit(0, honest);
        case 2 -> submit(gen.intBetween(0, 1), gen.pick(line));
        case 3 -> submit(1, honest);
        case 4 -> submit(0, new SubmitLogBlock(honest.signed(), mangled(honest.proof())));
        case 5 -> submitBytes(mangled(gen.pick(line).encode()));
        case 6 -> {
          LogBlock block = gen.pick(line).signed().block();
          submit(
              accepted.isEmpty() ? 1 : 0,
              stranger.submit(block.number(), block.previous(), block.from(), block.to()));
        }
        default -> submit(gen.intBetween(0, 1), other());
      }
      check();
    }

    private List<Bytes32> mangled(List<Bytes32> proof) {
      List<Bytes32> changed = new ArrayList<>(proof);
      if (changed.isEmpty() || gen.bool()) {
        changed.add(Bytes32.of(gen.bytes(32)));
      } else {
        changed.remove(gen.intBetween(0, changed.size() - 1));
      }
      return changed;
    }

    /** Cut, lengthened, or with a bit turned: signatures and encoding let none of it through. */
    private Bytes mangled(Bytes payload) {
      byte[] bytes = payload.toArray();
      if (gen.oneIn(3)) {
        return Bytes.of(Arrays.copyOf(bytes, gen.intBetween(0, bytes.length - 1)));
      }
      if (gen.oneIn(3)) {
        return Bytes.of(Arrays.copyOf(bytes, bytes.length + gen.intBetween(1, 32)));
      }
      int proof = bytes.length - 32 * 8;
      bytes[gen.intBetween(0, Math.max(0, proof))] ^= (byte) (1 << gen.intBetween(0, 7));
      return Bytes.of(bytes);
    }

    /** Another LogBlock that the log signed: of a branch, or with other sums. */
    private SubmitLogBlock other() {
      LogBlock block = gen.pick(line).signed().block();
      TestLog branch =
          new TestLog(
              NAME, 5, chain.genesis.chain(), chain.account(0), gen.between(0, block.to() - 1));
      long number = gen.bool() ? block.number() : block.number() + gen.between(1, 20);
      return branch.submit(number, block.previous(), block.from(), block.to());
    }

    private void submit(int sender, SubmitLogBlock submitted) {
      Optional<Status> proved = proved(submitted.signed());
      boolean next =
          !forked
              && sender == 0
              && accepted.size() < line.size()
              && submitted.equals(line.get(accepted.size()));
      int code = apply(sender, submitted.encode());
      if (next) {
        assertEquals(Status.OK.code(), code);
        accepted.add(submitted);
      } else if (proved.isPresent()) {
        assertEquals(proved.get().code(), code);
        forked = true;
      } else {
        assertNotEquals(Status.OK.code(), code);
      }
    }

    /** What the two signatures of the log prove, worked out pair by pair. */
    private Optional<Status> proved(SignedLogBlock signed) {
      boolean ours = signed.block().key().equals(TestLog.key(log.signer));
      return !forked
              && ours
              && accepted.stream()
                  .map(a -> a.signed().block())
                  .anyMatch(
                      a ->
                          (a.number() == signed.block().number()
                                  && !a.digest().equals(signed.block().digest()))
                              || (a.to() == signed.block().to()
                                  && !a.root().equals(signed.block().root())))
          ? Optional.of(Status.LOGBLOCK_FORKS)
          : Optional.empty();
    }

    private void submitBytes(Bytes payload) {
      if (line.stream().noneMatch(each -> each.encode().equals(payload))) {
        assertNotEquals(Status.OK.code(), apply(0, payload));
      }
    }

    private int apply(int sender, Bytes payload) {
      long sequence =
          value(StateKey.account(chain.account(sender)), Account.class)
              .map(Account::sequence)
              .orElse(0L);
      TransactionDraft good = chain.draft(sender, sequence, line.getFirst());
      TransactionDraft draft =
          new TransactionDraft(
              good.chain(),
              good.sender(),
              sequence,
              good.category(),
              good.fee(),
              good.expiry(),
              good.kind(),
              payload);
      return chain.apply(chain.block(List.of(chain.sign(draft)))).results().getFirst().code();
    }

    private <T extends StoredValue> Optional<T> value(StateKey key, Class<T> type) {
      return chain.ledger.state().get(key).map(value -> StoredValue.read(value, type));
    }

    private void check() {
      Optional<LogHead> head = value(StateKey.log(log.origin), LogHead.class);
      assertEquals(!accepted.isEmpty(), head.isPresent());
      if (head.isEmpty()) {
        return;
      }
      assertEquals(forked, head.get().forked());
      assertEquals(forked, value(StateKey.logFork(log.origin), LogFork.class).isPresent());
      long end = 0;
      UsageSums sums = UsageSums.NONE;
      for (long number = 0; number <= head.get().number(); number++) {
        LogBlock block =
            value(StateKey.logBlock(log.origin, number), KeptLogBlock.class)
                .orElseThrow()
                .signed()
                .block();
        assertEquals(end, block.from());
        end = block.to();
        sums = sums.plus(block.usage());
      }
      assertEquals(accepted.size(), head.get().number() + 1);
      assertEquals(end, head.get().size());
      assertEquals(log.root(end), head.get().root());
      assertEquals(end * 1_000_000, sums.receiptsCount());
    }
  }

  @Test
  void oneLineWithoutGapOrOverlap() {
    Property.check(
        "LogBlocks in any order",
        30,
        gen -> {
          Run run = new Run(gen);
          for (int i = 0; i < STEPS; i++) {
            run.step(false);
          }
          assertTrue(!run.forked);
        });
  }

  @Test
  void contradictionsEndALog() {
    Property.check(
        "forked logs",
        30,
        gen -> {
          Run run = new Run(gen);
          for (int i = 0; i < STEPS; i++) {
            run.step(true);
          }
        });
  }
}
