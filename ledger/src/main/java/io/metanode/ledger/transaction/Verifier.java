package io.metanode.ledger.transaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The only door to a {@link VerifiedTransaction}. However a transaction comes in — from a client,
 * by gossip, in a proposal, and at the same time — its signature is checked once: the verdict is
 * kept under its id, and whoever asks while it is being found waits for it.
 */
public final class Verifier {

  /** Transactions a thread takes at a time: about a millisecond of work. */
  private static final int CHUNK = 32;

  private static final CompletableFuture<Boolean> HOLDS = CompletableFuture.completedFuture(true);
  private static final CompletableFuture<Boolean> REFUSED =
      CompletableFuture.completedFuture(false);

  private final SignatureCheck check;

  /** Also the lock of {@link #open}. */
  private final Verdicts verdicts;

  private final Map<TransactionId, CompletableFuture<Boolean>> open = new HashMap<>();
  private final Executor threads;
  private final AtomicLong checks = new AtomicLong();

  /**
   * @param verdicts how many verdicts to keep; more than the mempool and a block hold
   * @param threads where batches run; {@code Runnable::run} runs them in the caller
   */
  public Verifier(SignatureCheck check, int verdicts, Executor threads) {
    this.check = check;
    this.verdicts = new Verdicts(verdicts);
    this.threads = threads;
  }

  /** The transaction if its signature holds. */
  public Optional<VerifiedTransaction> verify(Transaction transaction) {
    return together(List.of(transaction)).getFirst();
  }

  /**
   * One after the other, but what is to be found is found together. All of it is there before the
   * first wait for what another thread finds: so no two threads wait for each other.
   */
  private List<Optional<VerifiedTransaction>> together(List<Transaction> transactions) {
    List<CompletableFuture<Boolean>> verdictOf = new ArrayList<>(transactions.size());
    List<Transaction> ours = new ArrayList<>(transactions.size());
    synchronized (verdicts) {
      for (Transaction transaction : transactions) {
        verdictOf.add(verdict(transaction, ours));
      }
    }
    if (!ours.isEmpty()) {
      decide(ours);
    }
    List<Optional<VerifiedTransaction>> verified = new ArrayList<>(transactions.size());
    for (int i = 0; i < verdictOf.size(); i++) {
      boolean holds = verdictOf.get(i).join();
      verified.add(
          holds ? Optional.of(new VerifiedTransaction(transactions.get(i))) : Optional.empty());
    }
    return verified;
  }

  private CompletableFuture<Boolean> verdict(Transaction transaction, List<Transaction> ours) {
    Boolean known = verdicts.get(transaction.id());
    if (known != null) {
      return known ? HOLDS : REFUSED;
    }
    return open.computeIfAbsent(
        transaction.id(),
        _ -> {
          ours.add(transaction);
          return new CompletableFuture<>();
        });
  }

  private void decide(List<Transaction> transactions) {
    checks.addAndGet(transactions.size());
    boolean[] hold;
    try {
      hold = check.hold(transactions);
    } catch (RuntimeException | Error e) {
      synchronized (verdicts) {
        transactions.forEach(failed -> closed(failed).completeExceptionally(e));
      }
      return;
    }
    synchronized (verdicts) {
      for (int i = 0; i < hold.length; i++) {
        Transaction transaction = transactions.get(i);
        verdicts.put(transaction.id(), hold[i]);
        closed(transaction).complete(hold[i]);
      }
    }
  }

  private CompletableFuture<Boolean> closed(Transaction transaction) {
    return Objects.requireNonNull(open.remove(transaction.id()));
  }

  /** One answer for each transaction, in their order; batches are shared among the threads. */
  public List<Optional<VerifiedTransaction>> verify(List<Transaction> transactions) {
    List<CompletableFuture<List<Optional<VerifiedTransaction>>>> chunks = new ArrayList<>();
    for (int from = 0; from < transactions.size(); from += CHUNK) {
      int to = Math.min(from + CHUNK, transactions.size());
      List<Transaction> chunk = transactions.subList(from, to);
      chunks.add(CompletableFuture.supplyAsync(() -> together(chunk), threads));
    }
    List<Optional<VerifiedTransaction>> verified = new ArrayList<>(transactions.size());
    chunks.forEach(chunk -> verified.addAll(chunk.join()));
    return verified;
  }

  /** The signatures checked so far, each once. */
  public long checks() {
    return checks.get();
  }
}
