package io.metanode.ledger.mempool;

import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.CompactBlock;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A proposal of ids on its way to being a block: what the mempool holds is there, the rest is to be
 * fetched. Used by one thread.
 */
public final class Assembly {

  private final CompactBlock compact;
  private final @Nullable Transaction[] known;
  private final Map<TransactionId, Transaction> fetched = new HashMap<>();
  private final Set<TransactionId> missing = new LinkedHashSet<>();

  /**
   * @param pool where transactions may be already
   */
  public Assembly(
      CompactBlock compact, Function<TransactionId, Optional<VerifiedTransaction>> pool) {
    this.compact = compact;
    List<TransactionId> ids = compact.ids();
    known = new Transaction[ids.size()];
    for (int i = 0; i < known.length; i++) {
      Optional<VerifiedTransaction> found = pool.apply(ids.get(i));
      if (found.isPresent()) {
        known[i] = found.get().transaction();
      } else {
        missing.add(ids.get(i));
      }
    }
  }

  /** What is to be fetched, in the proposal's order; a view. */
  public Set<TransactionId> missing() {
    return Collections.unmodifiableSet(missing);
  }

  /**
   * Takes a fetched transaction.
   *
   * @return whether the proposal asked for it
   */
  public boolean supply(VerifiedTransaction transaction) {
    if (!missing.remove(transaction.id())) {
      return false;
    }
    fetched.put(transaction.id(), transaction.transaction());
    return true;
  }

  /** The block; empty while something is missing. */
  public Optional<Block> block() {
    if (!missing.isEmpty()) {
      return Optional.empty();
    }
    List<Transaction> transactions = new ArrayList<>(known.length);
    for (int i = 0; i < known.length; i++) {
      Transaction here = known[i];
      transactions.add(
          here != null ? here : Objects.requireNonNull(fetched.get(compact.ids().get(i))));
    }
    return Optional.of(new Block(compact.header(), compact.body(), transactions));
  }
}
