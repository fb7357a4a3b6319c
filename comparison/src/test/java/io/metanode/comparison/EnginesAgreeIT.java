package io.metanode.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.service.Answer;
import io.metanode.ledger.service.Ledger;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same signed transactions on the ledger over two engines, ours and Hiero's: whatever order
 * each gives to those that may be in any, the state is the same to the last bit of its root.
 */
final class EnginesAgreeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  /**
   * What came of a scenario.
   *
   * @param root the same at all validators
   * @param results the code of every transaction
   */
  private record Ending(Bytes32 root, Map<String, Integer> results) {}

  @Test
  void sameTransactionsGiveTheSameStateOnBothEngines() throws Exception {
    Ending qbft;
    try (FourValidators net = FourValidators.onQbft(new Scenario(1), directory.resolve("qbft"))) {
      qbft = play(new Scenario(1), net.ledgers());
    }
    Ending hiero;
    try (FourValidators net = FourValidators.onHiero(new Scenario(1), directory.resolve("hiero"))) {
      hiero = play(new Scenario(1), net.ledgers());
    }
    assertTrue(Set.copyOf(qbft.results().values()).size() >= 4, "some fail, in several ways");
    assertEquals(qbft.results(), hiero.results());
    assertEquals(qbft.root(), hiero.root());
  }

  @Test
  void oneTransactionThatDiffersShowsInTheRoot() throws Exception {
    Scenario changed = new Scenario(1);
    changed.changeOne();
    Ending other;
    try (FourValidators net = FourValidators.onQbft(changed, directory.resolve("changed"))) {
      other = play(changed, net.ledgers());
    }
    assertNotEquals(onRounds(new Scenario(1), directory.resolve("rounds")), other.root());
  }

  @Test
  void ledgerOnTheRoundsOfHieroHasTheStateOfItsBlocks() throws Exception {
    Bytes32 rounds = onRounds(new Scenario(2), directory.resolve("rounds"));
    try (FourValidators net = FourValidators.onQbft(new Scenario(2), directory.resolve("qbft"))) {
      assertEquals(play(new Scenario(2), net.ledgers()).root(), rounds);
    }
  }

  /** Each wave through all validators at once; the next when all have it. */
  private static Ending play(Scenario scenario, List<Ledger> ledgers) throws Exception {
    Map<String, Integer> results = new TreeMap<>();
    for (List<Transaction> wave : scenario.waves) {
      List<CompletableFuture<List<Answer>>> answers = new ArrayList<>();
      for (int i = 0; i < ledgers.size(); i++) {
        Ledger ledger = ledgers.get(i);
        List<Transaction> part = part(wave, i, ledgers.size());
        answers.add(CompletableFuture.supplyAsync(() -> submit(ledger, part)));
      }
      answers.forEach(
          all ->
              all.join()
                  .forEach(
                      one -> results.put(one.id().toString(), one.outcome().orElseThrow().code())));
      for (Ledger ledger : ledgers) {
        awaitAll(ledger, wave);
      }
    }
    Set<Bytes32> roots = new HashSet<>();
    for (Ledger ledger : ledgers) {
      roots.add(ledger.state().state().root());
      assertSealed(scenario, ledger);
    }
    assertEquals(1, roots.size(), "the validators differ");
    return new Ending(roots.iterator().next(), results);
  }

  private static List<Transaction> part(List<Transaction> wave, int part, int parts) {
    return IntStream.range(0, wave.size())
        .filter(i -> i % parts == part)
        .mapToObj(wave::get)
        .toList();
  }

  private static List<Answer> submit(Ledger ledger, List<Transaction> transactions) {
    try {
      return ledger.submit(transactions, PATIENCE).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitAll(Ledger ledger, List<Transaction> wave) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Transaction transaction : wave) {
      TransactionId id = transaction.id();
      while (ledger.outcome(id).isEmpty()) {
        assertTrue(System.nanoTime() < deadline, "a validator does not have " + id);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }

  /** Every block has a quorum's certificate, whatever engine decided it. */
  private static void assertSealed(Scenario scenario, Ledger ledger) throws Exception {
    for (long height = 1; height <= ledger.height(); height++) {
      SealedBlock block = ledger.block(height).orElseThrow();
      assertTrue(
          BlockSeal.decode(block.certificate())
              .certificate(block.block().header())
              .verifies(scenario.genesis.id(), scenario.genesis.validators().set()),
          "block " + height);
    }
  }

  /** The state after the transactions themselves went through Hiero, without blocks of ours. */
  private static Bytes32 onRounds(Scenario scenario, Path directory) throws IOException {
    List<HieroLedger> ledgers =
        IntStream.range(0, Scenario.VALIDATORS)
            .mapToObj(_ -> new HieroLedger(scenario.genesis, scenario.machine))
            .toList();
    List<HieroNode> nodes = HieroNodes.start(directory, ledgers);
    try {
      for (List<Transaction> wave : scenario.waves) {
        List<CompletableFuture<Integer>> everywhere = new ArrayList<>();
        for (int i = 0; i < wave.size(); i++) {
          Transaction transaction = wave.get(i);
          ledgers.forEach(ledger -> everywhere.add(ledger.result(transaction.id())));
          assertTrue(nodes.get(i % nodes.size()).submit(transaction.encoded().toArray()));
        }
        everywhere.forEach(
            result -> result.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
      }
    } finally {
      nodes.forEach(HieroNode::close);
    }
    List<Bytes32> roots = ledgers.stream().map(ledger -> ledger.state().root()).distinct().toList();
    assertEquals(1, roots.size(), "the nodes differ");
    return roots.getFirst();
  }
}
