package io.metanode.comparison;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.state.Applied;
import io.metanode.ledger.state.BlockContext;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.StateMachine;
import io.metanode.ledger.state.StateTree;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.transaction.ChainTag;
import io.metanode.ledger.transaction.Ed25519Check;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import io.metanode.ledger.transaction.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ledger's state machine on the rounds of a node of Hiero, without blocks, headers or a store:
 * the transactions of a round are applied as those of a block are, at the network's time. Rounds
 * without any are passed over.
 */
final class HieroLedger implements Application<Optional<VerifiedTransaction>> {

  /** Verdicts kept on signatures; more than can be on their way. */
  private static final int VERDICTS = 200_000;

  /** Senders whose decoded keys are kept. */
  private static final int SENDERS = 100_000;

  /** Heights of which the state root is remembered. */
  private static final int RECENT = 1_000;

  private final ChainTag chain;
  private final StateMachine machine;
  private final Verifier verifier =
      new Verifier(new Ed25519Check(SENDERS), VERDICTS, Runnable::run);
  private final Map<TransactionId, CompletableFuture<Integer>> awaited = new ConcurrentHashMap<>();
  private final Map<Long, Bytes32> roots = new ConcurrentHashMap<>();
  private final AtomicLong applied = new AtomicLong();
  private volatile StateTree state;
  private volatile long height;

  HieroLedger(Genesis genesis, StateMachine machine) {
    chain = genesis.chain();
    this.machine = machine;
    state = genesis.state();
  }

  @Override
  public Optional<VerifiedTransaction> prepare(byte[] payload) {
    try {
      return verifier.verify(Transaction.decode(Bytes.of(payload)));
    } catch (DecodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public void ordered(long round, Instant time, List<Optional<VerifiedTransaction>> prepared) {
    List<Transaction> transactions =
        prepared.stream().flatMap(Optional::stream).map(VerifiedTransaction::transaction).toList();
    if (transactions.isEmpty()) {
      return;
    }
    long next = height + 1;
    Applied step =
        machine.apply(
            new BlockContext(chain, next, time.toEpochMilli(), List.of()), transactions, state);
    StateTree after = state.with(step.changes());
    roots.put(next, after.root());
    roots.remove(next - RECENT);
    state = after;
    height = next;
    applied.addAndGet(transactions.size());
    for (TransactionResult result : step.results()) {
      CompletableFuture<Integer> waiting = awaited.remove(result.id());
      if (waiting != null) {
        waiting.complete(result.code());
      }
    }
  }

  /** The code of a transaction's result, once it is applied here. To be asked for before it is. */
  CompletableFuture<Integer> result(TransactionId id) {
    return awaited.computeIfAbsent(id, _ -> new CompletableFuture<>());
  }

  StateTree state() {
    return state;
  }

  long height() {
    return height;
  }

  Optional<Bytes32> root(long at) {
    return Optional.ofNullable(roots.get(at));
  }

  long applied() {
    return applied.get();
  }

  long signatureChecks() {
    return verifier.checks();
  }
}
