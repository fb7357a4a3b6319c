package io.metanode.ledger.service;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.ledger.LedgerModule;
import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockId;
import io.metanode.ledger.block.SealedBlock;
import io.metanode.ledger.light.RosterChange;
import io.metanode.ledger.mempool.Admission;
import io.metanode.ledger.replica.SnapshotOffer;
import io.metanode.ledger.state.Genesis;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.state.TransactionResult;
import io.metanode.ledger.store.TransactionPlace;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What clients may ask of a validator. Safe for use by many threads; calls may block. */
public final class Ledger {

  private static final int RECENT = 10_000;
  private static final long ANSWER_SECONDS = 30;

  private final Genesis genesis;
  private final ReplicaHost host;
  private final Ed25519PublicKey key;
  private final LedgerModule module;
  private final RecentBlocks recent = new RecentBlocks(RECENT);

  /**
   * @param key the validator's
   * @param module the chain's
   */
  public Ledger(Genesis genesis, ReplicaHost host, Ed25519PublicKey key, LedgerModule module) {
    this.genesis = genesis;
    this.host = host;
    this.key = key;
    this.module = module;
  }

  /** Takes note of a block; called for each as it is decided. */
  public void decided(SealedBlock block) {
    BlockHeader header = block.block().header();
    recent.add(header.id(), header.height());
  }

  public Genesis genesis() {
    return genesis;
  }

  public Ed25519PublicKey key() {
    return key;
  }

  public LedgerModule module() {
    return module;
  }

  public long height() {
    return host.chain().height();
  }

  /** The first block that is still here. */
  public long first() throws IOException {
    return host.chain().first();
  }

  /** The ledger after the last block. */
  public LedgerState state() {
    return host.chain().ledger();
  }

  public HostFigures figures() {
    return host.figures();
  }

  public Optional<Exception> failure() {
    return host.failure();
  }

  /**
   * Offers transactions.
   *
   * @param wait how long to wait for them to be final; zero does not wait
   * @return one answer for each, in their order; empty if there is no room now
   * @throws IOException if the ledger has stopped
   */
  public Optional<List<Answer>> submit(List<Transaction> transactions, Duration wait)
      throws IOException {
    Set<TransactionId> ids = new LinkedHashSet<>();
    if (!wait.isZero()) {
      transactions.forEach(transaction -> ids.add(transaction.id()));
    }
    Decisions.Wait decisions = host.await(ids);
    try {
      Optional<CompletableFuture<List<Admission>>> submitted = host.submit(transactions);
      if (submitted.isEmpty()) {
        return Optional.empty();
      }
      List<Admission> admissions = join(submitted.get());
      if (!wait.isZero()) {
        await(transactions, admissions, decisions, wait);
      }
      return Optional.of(answers(transactions, admissions, decisions));
    } finally {
      host.forget(decisions, ids);
    }
  }

  private static List<Admission> join(CompletableFuture<List<Admission>> future)
      throws IOException {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the ledger does not answer: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the ledger did not answer in " + ANSWER_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void await(
      List<Transaction> transactions,
      List<Admission> admissions,
      Decisions.Wait decisions,
      Duration wait)
      throws IOException {
    List<TransactionId> hopeless = new ArrayList<>();
    for (int i = 0; i < transactions.size(); i++) {
      Admission admission = admissions.get(i);
      if (!admission.isAccepted() && admission != Admission.DUPLICATE) {
        hopeless.add(transactions.get(i).id());
      }
    }
    host.forget(decisions, hopeless);
    try {
      decisions.all().get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The answer says which of them still wait.
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private List<Answer> answers(
      List<Transaction> transactions, List<Admission> admissions, Decisions.Wait decisions)
      throws IOException {
    List<Answer> answers = new ArrayList<>(transactions.size());
    for (int i = 0; i < transactions.size(); i++) {
      TransactionId id = transactions.get(i).id();
      Optional<Outcome> outcome = Optional.ofNullable(decisions.outcomes().get(id));
      if (outcome.isEmpty() && !admissions.get(i).isAccepted()) {
        outcome = outcome(id);
      }
      answers.add(new Answer(id, admissions.get(i), outcome));
    }
    return answers;
  }

  /** What came of a transaction; empty if it is not final, or its block is pruned. */
  public Optional<Outcome> outcome(TransactionId id) throws IOException {
    Optional<TransactionPlace> place = host.chain().transaction(id);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    long height = place.get().height();
    return host.chain()
        .results(height)
        .map(results -> new Outcome(height, results.get(place.get().index()).code()));
  }

  public Optional<SealedBlock> block(long height) throws IOException {
    return host.chain().block(height);
  }

  /** One of the last {@value #RECENT} blocks since the validator started. */
  public Optional<SealedBlock> block(BlockId id) throws IOException {
    Optional<Long> height = recent.height(id);
    return height.isEmpty() ? Optional.empty() : block(height.get());
  }

  public List<TransactionResult> results(long height) throws IOException {
    return host.chain().results(height).orElse(List.of());
  }

  /** A state of a moment ago, and why to believe it. */
  public record Snapshot(SnapshotOffer offer, LedgerState ledger) {}

  /**
   * A snapshot of the newest state that a certificate covers; empty before the second block.
   *
   * @param bits cuts the state into 2^bits chunks
   */
  public Optional<Snapshot> snapshot(int bits) throws IOException {
    long last = height();
    Optional<LedgerState> before = host.chain().ledger(last - 1);
    Optional<SealedBlock> naming = block(last);
    return last < 2 || before.isEmpty() || naming.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Snapshot(
                SnapshotOffer.of(before.get(), naming.get(), changes(), bits), before.get()));
  }

  /** Every change of the validators so far. */
  public List<RosterChange> changes() throws IOException {
    return host.chain().changes(0);
  }

  /** What shows a stranger that a transaction is final; empty if it is not, or not yet provable. */
  public Optional<Proof> prove(TransactionId id) throws IOException {
    Optional<TransactionPlace> place = host.chain().transaction(id);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    long height = place.get().height();
    int index = place.get().index();
    Optional<SealedBlock> sealed = block(height);
    Optional<SealedBlock> next = block(height + 1);
    if (sealed.isEmpty() || next.isEmpty()) {
      return Optional.empty();
    }
    Block block = sealed.get().block();
    TransactionResult result = results(height).get(index);
    return Optional.of(
        new Proof.OfTransaction(
            block.transactions().get(index),
            Proof.Sealed.of(sealed.get()),
            block.tree().proof(index),
            Proof.Sealed.of(next.get()),
            result.code(),
            host.chain().resultsTree(height).orElseThrow().proof(index)));
  }

  /**
   * What shows a stranger the value of a key, or that it has none; empty before the first block.
   */
  public Optional<Proof> prove(StateKey stateKey) throws IOException {
    long last = height();
    Optional<LedgerState> before = host.chain().ledger(last - 1);
    Optional<SealedBlock> naming = block(last);
    if (before.isEmpty() || naming.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Proof.OfState(
            stateKey,
            before.get().state().get(stateKey),
            before.get().state().proof(stateKey),
            Proof.Sealed.of(naming.get())));
  }
}
