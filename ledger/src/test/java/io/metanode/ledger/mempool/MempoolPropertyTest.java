package io.metanode.ledger.mempool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionClass;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.ledger.transaction.VerifiedTransaction;
import io.metanode.ledger.transaction.Verifier;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any traffic: the limits hold, and what is proposed could be a block. */
class MempoolPropertyTest {

  private static final ChainTag TAG = new ChainTag(1);
  private static final MempoolLimits LIMITS = new MempoolLimits(12, 3_000, 4, 10);

  /** Accounts by what was decided so far. */
  private static final class Accounts implements AccountView {
    final Map<AccountId, Long> next = new HashMap<>();

    long nextSequence(AccountId account) {
      return next.getOrDefault(account, 0L);
    }

    @Override
    public Standing standing(AccountId account) {
      return new Standing(nextSequence(account), 100_000);
    }

    @Override
    public boolean maySucceed(Transaction transaction) {
      return true;
    }
  }

  private static VerifiedTransaction draw(Gen gen, Accounts accounts, long height) {
    AccountId sender = new AccountId(new Bytes32(gen.between(0, 6), 0, 0, 0));
    Transaction transaction =
        new TransactionDraft(
                TAG,
                sender,
                Math.max(0, accounts.nextSequence(sender) + gen.between(-1, 4)),
                gen.pick(TransactionClass.values()),
                gen.between(0, 40_000),
                height + gen.between(0, 5),
                0,
                Bytes.of(gen.bytes(gen.intBetween(0, 200))))
            .with(new byte[64]);
    return new Verifier(_ -> true, 1, Runnable::run).verify(transaction).orElseThrow();
  }

  private static void checkSelection(List<VerifiedTransaction> selected, Accounts accounts) {
    Map<AccountId, Long> next = new HashMap<>();
    Set<Object> ids = new HashSet<>();
    for (VerifiedTransaction verified : selected) {
      Transaction transaction = verified.transaction();
      assertTrue(ids.add(transaction.id()));
      long expected =
          next.getOrDefault(transaction.sender(), accounts.nextSequence(transaction.sender()));
      assertEquals(expected, transaction.sequence());
      next.put(transaction.sender(), expected + 1);
    }
  }

  @Test
  void limitsHoldAndProposalsAreInSequence() {
    Property.check(
        "mempool traffic",
        150,
        gen -> {
          Accounts accounts = new Accounts();
          Mempool pool = new Mempool(TAG, LIMITS, accounts, 0);
          long height = 0;
          for (int i = 0; i < 120; i++) {
            VerifiedTransaction drawn = draw(gen, accounts, height);
            int before = pool.size();
            Admission admission = pool.add(drawn);
            assertEquals(
                admission.isAccepted() || admission == Admission.DUPLICATE,
                pool.find(drawn.id()).isPresent());
            assertTrue(admission.isAccepted() || pool.size() == before);
            assertTrue(pool.size() <= LIMITS.count() && pool.bytes() <= LIMITS.bytes());
            List<VerifiedTransaction> selected = pool.select(gen.intBetween(0, 8), 2_000);
            checkSelection(selected, accounts);
            if (gen.oneIn(5)) {
              List<Transaction> block =
                  selected.stream().map(VerifiedTransaction::transaction).toList();
              block.forEach(t -> accounts.next.put(t.sender(), t.sequence() + 1));
              pool.decided(++height, block);
              block.forEach(t -> assertTrue(pool.find(t.id()).isEmpty()));
            }
          }
        });
  }

  @Test
  void emptiedPoolHoldsNothingBack() {
    Property.check(
        "mempool drain",
        60,
        gen -> {
          Accounts accounts = new Accounts();
          Mempool pool = new Mempool(TAG, LIMITS, accounts, 0);
          for (int i = 0; i < 60; i++) {
            pool.add(draw(gen, accounts, 0));
          }
          pool.decided(5, List.of());
          assertEquals(0, pool.size());
          assertEquals(0, pool.bytes());
          assertEquals(List.of(), pool.select(9, 1 << 20));
        });
  }
}
