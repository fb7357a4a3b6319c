package io.metanode.ledger.mempool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.state.Asset;
import io.metanode.ledger.state.LedgerAccounts;
import io.metanode.ledger.state.Operation;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Ed25519Check;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionDraft;
import io.metanode.ledger.transaction.VerifiedTransaction;
import io.metanode.ledger.transaction.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MempoolTest {

  private final TestChain chain = new TestChain(1, 6, 1);
  private final Verifier verifier = new Verifier(new Ed25519Check(64), 1000, Runnable::run);
  private final LedgerAccounts accounts =
      new LedgerAccounts(chain.machine, () -> chain.ledger.state());
  private final Operation pay = new Operation.Transfer(Asset.NEX, chain.account(5), 1);
  private final Operation anchor =
      new Operation.AnchorLog(Bytes.of("log".getBytes(StandardCharsets.US_ASCII)), 1, Bytes32.ZERO);

  private Mempool pool(MempoolLimits limits) {
    return new Mempool(chain.genesis.chain(), limits, accounts, 0);
  }

  private Mempool pool() {
    return pool(new MempoolLimits(100, 1 << 20, 4, 10));
  }

  private VerifiedTransaction sign(TransactionDraft draft) {
    return verifier.verify(chain.sign(draft)).orElseThrow();
  }

  private VerifiedTransaction make(int from, long sequence, long fee, Operation operation) {
    return sign(with(chain.draft(from, sequence, operation), chain.genesis.chain(), fee, 1_000));
  }

  private static TransactionDraft with(
      TransactionDraft draft, ChainTag tag, long fee, long expiry) {
    return new TransactionDraft(
        tag,
        draft.sender(),
        draft.sequence(),
        draft.category(),
        fee,
        expiry,
        draft.kind(),
        draft.payload());
  }

  @Test
  void answersInTheirOrder() {
    Mempool pool = pool();
    VerifiedTransaction first = make(0, 0, 5_000, pay);
    assertEquals(Admission.ACCEPTED, pool.add(first));
    assertEquals(Admission.DUPLICATE, pool.add(first));
    TransactionDraft draft = chain.draft(0, 9, pay);
    assertEquals(Admission.WRONG_CHAIN, pool.add(sign(with(draft, new ChainTag(1), 0, 0))));
    ChainTag tag = chain.genesis.chain();
    assertEquals(Admission.EXPIRED, pool.add(sign(with(draft, tag, 0, 0))));
    assertEquals(Admission.CANNOT_SUCCEED, pool.add(sign(with(draft, tag, 0, 9))));
    assertEquals(Admission.SEQUENCE_TOO_FAR, pool.add(make(0, 4, Long.MAX_VALUE, pay)));
    assertEquals(Admission.REPLACEMENT_UNDERPRICED, pool.add(make(0, 0, 5_499, pay)));
    assertEquals(Admission.REPLACED, pool.add(make(0, 0, 5_500, pay)));
    assertEquals(Admission.FEES_NOT_COVERED, pool.add(make(0, 1, Long.MAX_VALUE, pay)));
    assertEquals(1, pool.size());
  }

  @Test
  void usedSequencesAreRefused() {
    Mempool pool = pool();
    chain.advance(chain.transfer(0, 1, 1));
    assertEquals(Admission.SEQUENCE_USED, pool.add(make(0, 0, 5_000, pay)));
    assertEquals(Admission.ACCEPTED, pool.add(make(0, 1, 5_000, pay)));
  }

  @Test
  void senderHasItsLimit() {
    Mempool pool = pool();
    for (int i = 0; i < 4; i++) {
      assertEquals(Admission.ACCEPTED, pool.add(make(0, i, 5_000, pay)));
    }
    assertEquals(Admission.SEQUENCE_TOO_FAR, pool.add(make(0, 4, 5_000, pay)));
    assertEquals(Admission.ACCEPTED, pool.add(make(1, 0, 5_000, pay)));
  }

  @Test
  void feesOfAllThatWaitsMustBeCovered() {
    Mempool pool = pool();
    long half = 500_000_000_000L;
    assertEquals(Admission.ACCEPTED, pool.add(make(0, 0, half, pay)));
    assertEquals(Admission.FEES_NOT_COVERED, pool.add(make(0, 1, half + 1, pay)));
    assertEquals(Admission.ACCEPTED, pool.add(make(0, 1, half, pay)));
    assertEquals(Admission.REPLACEMENT_UNDERPRICED, pool.add(make(0, 1, half + 1, pay)));
  }

  @Test
  void classThenFeeThenSequenceDecideTheOrder() {
    Mempool pool = pool();
    VerifiedTransaction cheap = make(0, 0, 5_000, pay);
    VerifiedTransaction after = make(0, 1, 90_000, pay);
    VerifiedTransaction dear = make(1, 0, 80_000, pay);
    VerifiedTransaction poe = make(2, 0, 2_000, anchor);
    VerifiedTransaction gap = make(3, 1, 99_000, pay);
    for (VerifiedTransaction transaction : List.of(after, cheap, gap, dear, poe)) {
      assertEquals(Admission.ACCEPTED, pool.add(transaction));
    }
    assertEquals(List.of(poe, dear, cheap, after), pool.select(10, 1 << 20));
    assertEquals(List.of(poe, dear), pool.select(2, 1 << 20));
  }

  @Test
  void selectionDoesNotDependOnTheOrderOfArrival() {
    List<VerifiedTransaction> all = new ArrayList<>();
    for (int from = 0; from < 6; from++) {
      for (int sequence = 0; sequence < 4; sequence++) {
        all.add(make(from, sequence, 5_000 + 100L * ((from * 7 + sequence * 3) % 5), pay));
      }
    }
    Mempool forth = pool();
    Mempool back = pool();
    all.forEach(forth::add);
    all.reversed().forEach(back::add);
    assertEquals(24, forth.select(99, 1 << 20).size());
    assertEquals(forth.select(99, 1 << 20), back.select(99, 1 << 20));
  }

  @Test
  void cheapestGivesWayAndWhatIsCheaperStaysOut() {
    Mempool pool = pool(new MempoolLimits(3, 1 << 20, 4, 10));
    VerifiedTransaction cheap = make(0, 0, 5_000, pay);
    VerifiedTransaction middle = make(1, 0, 6_000, pay);
    pool.add(cheap);
    pool.add(middle);
    pool.add(make(2, 0, 7_000, pay));
    assertEquals(Admission.POOL_FULL, pool.add(make(3, 0, 4_000, pay)));
    assertEquals(Admission.ACCEPTED, pool.add(make(3, 0, 8_000, pay)));
    assertTrue(pool.find(cheap.id()).isEmpty());
    assertEquals(Admission.ACCEPTED, pool.add(make(4, 0, 2_000, anchor)));
    assertTrue(pool.find(middle.id()).isEmpty());
    assertEquals(3, pool.size());
  }

  @Test
  void whatWaitsForAnotherGivesWayFirst() {
    Mempool pool = pool(new MempoolLimits(2, 1 << 20, 4, 10));
    VerifiedTransaction gap = make(0, 1, 99_000, pay);
    pool.add(gap);
    pool.add(make(1, 0, 5_000, pay));
    assertEquals(Admission.ACCEPTED, pool.add(make(2, 0, 4_000, pay)));
    assertTrue(pool.find(gap.id()).isEmpty());
  }

  @Test
  void bytesAreBoundedToo() {
    VerifiedTransaction one = make(0, 0, 5_000, pay);
    int length = one.transaction().length();
    Mempool pool = pool(new MempoolLimits(100, 3L * length, 4, 10));
    for (int from = 0; from < 6; from++) {
      pool.add(make(from, 0, 5_000 + from, pay));
      assertTrue(pool.bytes() <= 3L * length);
    }
    assertEquals(3, pool.size());
    assertTrue(pool.find(one.id()).isEmpty());
  }

  @Test
  void refusedReplacementLeavesWhatWasThere() {
    Mempool pool = pool(new MempoolLimits(100, 400, 4, 10));
    VerifiedTransaction small = make(0, 0, 5_000, pay);
    pool.add(small);
    Operation large = new Operation.AnchorLog(Bytes.of(new byte[250]), 1, Bytes32.ZERO);
    assertEquals(Admission.POOL_FULL, pool.add(make(0, 0, 9_000, large)));
    assertEquals(Optional.of(small), pool.find(small.id()));
    assertEquals(small.transaction().length(), pool.bytes());
    assertEquals(List.of(small), pool.select(9, 1 << 20));
  }

  @Test
  void decidedExpiredAndSupersededGo() {
    Mempool pool = pool();
    VerifiedTransaction held = make(0, 0, 5_000, pay);
    VerifiedTransaction behind = make(0, 1, 5_000, pay);
    VerifiedTransaction superseded = make(1, 0, 5_000, pay);
    VerifiedTransaction expiring =
        sign(with(chain.draft(2, 0, pay), chain.genesis.chain(), 5_000, 1));
    List.of(held, behind, superseded, expiring).forEach(pool::add);
    Block block = chain.block(List.of(held.transaction(), make(1, 0, 7_000, pay).transaction()));
    chain.apply(block);
    pool.decided(1, block.transactions());
    assertEquals(1, pool.size());
    assertEquals(List.of(behind), pool.select(9, 1 << 20));
  }

  @Test
  void proposalOfIdsBecomesTheBlockAgain() {
    Mempool pool = pool();
    VerifiedTransaction here = make(0, 0, 5_000, pay);
    VerifiedTransaction away = make(1, 0, 5_000, pay);
    pool.add(here);
    Block block = chain.block(List.of(here.transaction(), away.transaction()));
    Assembly assembly = new Assembly(block.compact(), pool::find);
    assertEquals(List.of(away.id()), List.copyOf(assembly.missing()));
    assertTrue(assembly.block().isEmpty());
    assertFalse(assembly.supply(make(2, 0, 5_000, pay)));
    assertTrue(assembly.supply(away));
    assertEquals(Optional.of(block), assembly.block());
    List<Transaction> transactions = assembly.block().orElseThrow().transactions();
    assertEquals(block.transactions(), transactions);
  }
}
