package io.metanode.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.ledger.TestChain;
import io.metanode.ledger.block.InclusionProof;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.SnapshotManifest;
import io.metanode.ledger.transaction.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {

  private final TestChain made = new TestChain(2, 4, 1);
  private final TornDisk disk = new TornDisk();
  private MemoryKeyValues index = new MemoryKeyValues();

  private Chain open(StoreOptions options) throws IOException {
    return Chain.open(made.genesis, made.machine, disk, index, options);
  }

  private List<SealedBlock> append(Chain chain, int count) throws IOException {
    List<SealedBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(made.advance(made.transfer(i % 4, (i + 1) % 4, 1), made.transfer(3, 0, 2)));
      chain.append(blocks.getLast());
    }
    return blocks;
  }

  @Test
  void blocksTransactionsAndResultsAreFoundAndProved() throws IOException {
    Chain chain = open(StoreOptions.DEFAULT);
    Transaction broke = made.transfer(2, 0, Long.MAX_VALUE);
    SealedBlock first = made.advance(made.transfer(0, 1, 1), broke);
    chain.append(first);
    List<SealedBlock> more = append(chain, 3);
    assertEquals(Optional.of(first), chain.block(1));
    assertEquals(Optional.of(more.getLast()), chain.block(4));
    assertEquals(Optional.empty(), chain.block(5));
    assertEquals(Optional.of(new TransactionPlace(1, 1)), chain.transaction(broke.id()));
    assertEquals(35, chain.results(1).orElseThrow().get(1).code());
    InclusionProof result = chain.resultsTree(1).orElseThrow().proof(1);
    assertTrue(
        result.proves(
            chain.results(1).orElseThrow().get(1).leaf(),
            more.getFirst().block().header().prior().resultsRoot()));
    InclusionProof included = first.block().tree().proof(1);
    assertTrue(
        included.proves(broke.id().value(), first.block().header().contents().transactionRoot()));
  }

  @Test
  void blocksAreFoundBeforeAndAfterTheyAreWrittenTogether() throws IOException {
    StoreOptions together = new StoreOptions(1 << 20, 100, 3, 30);
    Chain chain = open(together);
    List<SealedBlock> blocks = append(chain, 20);
    assertTrue(index.get(IndexKeys.block(1)).isPresent());
    assertEquals(Optional.empty(), index.get(IndexKeys.block(20)));
    for (SealedBlock sealed : blocks) {
      long height = sealed.block().header().height();
      assertEquals(Optional.of(sealed), chain.block(height));
      for (int i = 0; i < 2; i++) {
        assertEquals(
            Optional.of(new TransactionPlace(height, i)),
            chain.transaction(sealed.block().ids().get(i)));
      }
      assertEquals(2, chain.results(height).orElseThrow().size());
    }
    assertEquals(Optional.empty(), chain.transaction(made.transfer(0, 1, 99).id()));
    index.flush();
    index = index.crashed();
    Chain reopened = open(together);
    assertEquals(20, reopened.height());
    assertEquals(made.ledger.state().root(), reopened.ledger().state().root());
    assertEquals(Optional.of(blocks.getLast()), reopened.block(20));
  }

  @Test
  void onlyTheNextBlockIsTaken() throws IOException {
    Chain chain = open(StoreOptions.DEFAULT);
    SealedBlock first = made.advance();
    SealedBlock second = made.advance();
    assertThrows(IllegalArgumentException.class, () -> chain.append(second));
    chain.append(first);
    assertThrows(IllegalArgumentException.class, () -> chain.append(first));
    chain.append(second);
  }

  @Test
  void recentStatesAreKeptOthersAreNot() throws IOException {
    Chain chain = open(new StoreOptions(1 << 20, 100, 3, 12));
    List<SealedBlock> blocks = append(chain, 6);
    assertTrue(chain.ledger(3).isEmpty());
    LedgerState old = chain.ledger(4).orElseThrow();
    assertEquals(blocks.get(4).block().header().prior().stateRoot(), old.state().root());
  }

  @Test
  void prunedBlocksAreGoneTheRestAndTheStateAreNot() throws IOException {
    StoreOptions small = new StoreOptions(2_000, 100, 3, 12);
    Chain chain = open(small);
    List<SealedBlock> blocks = append(chain, 12);
    int files = disk.list().size();
    assertTrue(files > 3);
    while (chain.prune(8)) {}
    assertTrue(disk.list().size() < files);
    assertEquals(Optional.empty(), chain.block(1));
    assertEquals(Optional.empty(), chain.transaction(blocks.getFirst().block().ids().getFirst()));
    assertEquals(Optional.of(blocks.get(7)), chain.block(8));
    assertEquals(Optional.of(blocks.get(11)), chain.block(12));
    chain.close();
    Chain reopened = open(small);
    assertEquals(made.ledger.state().root(), reopened.ledger().state().root());
    append(reopened, 2);
    IOException lost =
        assertThrows(
            IOException.class,
            () -> Chain.open(made.genesis, made.machine, disk, new MemoryKeyValues(), small));
    assertTrue(String.valueOf(lost.getMessage()).contains("snapshot import"), lost.getMessage());
  }

  @Test
  void aCrashAmidPruningLeavesAFileThatTheNextOneTakes() throws IOException {
    StoreOptions small = new StoreOptions(2_000, 100, 3, 12);
    Chain chain = open(small);
    append(chain, 12);
    disk.failDeletes(true);
    assertThrows(IOException.class, () -> chain.prune(8));
    disk.failDeletes(false);
    index = index.crashed();
    Chain reopened = open(small);
    while (reopened.prune(8)) {}
    assertTrue(reopened.first() > 1);
    assertEquals(12, reopened.height());
    append(reopened, 1);
  }

  @Test
  void aLaterStateTakesThePlaceOfBlocksThatNobodyHasTheSuccessorsOf() throws IOException {
    StoreOptions small = new StoreOptions(2_000, 100, 3, 12);
    Chain chain = open(small);
    List<SealedBlock> old = append(chain, 6);
    for (int i = 0; i < 5; i++) {
      made.advance();
    }
    LedgerState later = made.ledger;
    assertThrows(IllegalStateException.class, () -> chain.adopt(chain.ledger(), List.of()));
    chain.adopt(later, List.of());
    assertEquals(11, chain.height());
    assertEquals(12, chain.first());
    assertTrue(chain.block(6).isEmpty());
    assertTrue(chain.transaction(old.getFirst().block().ids().getFirst()).isEmpty());
    append(chain, 2);
    chain.close();
    assertEquals(made.ledger.state().root(), open(small).ledger().state().root());
  }

  @Test
  void missingFileInTheMiddleIsNamed() throws IOException {
    StoreOptions small = new StoreOptions(1, 100, 3, 12);
    append(open(small), 5);
    disk.delete(Segments.file(3));
    CorruptionException e =
        assertThrows(
            CorruptionException.class,
            () -> Chain.open(made.genesis, made.machine, disk, new MemoryKeyValues(), small));
    assertEquals(3, e.height());
  }

  @Test
  void storeOfAnotherChainIsRefused() throws IOException {
    open(StoreOptions.DEFAULT).close();
    TestChain other = new TestChain(3, 4, 1);
    assertThrows(
        IOException.class,
        () -> Chain.open(other.genesis, other.machine, disk, index, StoreOptions.DEFAULT));
  }

  @Test
  void storeBegunFromASnapshotGoesOn() throws IOException {
    append(open(StoreOptions.DEFAULT), 3);
    LedgerState snapshot = made.ledger;
    TornDisk fresh = new TornDisk();
    MemoryKeyValues values = new MemoryKeyValues();
    Chain.begin(snapshot, List.of(), fresh, values);
    Chain chain = Chain.open(made.genesis, made.machine, fresh, values, StoreOptions.DEFAULT);
    append(chain, 2);
    assertEquals(made.ledger.state().root(), chain.ledger().state().root());
    assertTrue(chain.block(3).isEmpty());
    assertFalse(chain.block(4).isEmpty());
    assertEquals(snapshot.state().root(), SnapshotManifest.of(snapshot, 2).root());
    assertThrows(IOException.class, () -> Chain.begin(snapshot, List.of(), fresh, values));
    chain.close();
    assertEquals(
        5,
        Chain.open(made.genesis, made.machine, fresh, values, StoreOptions.DEFAULT)
            .ledger()
            .head()
            .height());
  }
}
