package io.metanode.ledger.mempool;

import io.metanode.ledger.block.Block;
import io.metanode.ledger.block.CompactBlock;
import io.metanode.ledger.transaction.Transaction;
import io.metanode.ledger.transaction.TransactionId;
import io.metanode.ledger.transaction.VerifiedTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A proposal of ids on its way to being a block: what the mempool holds is there, the rest is to be
 * fetched. Used by one thread.
 */
public final class Assembly {

  private final CompactBlock proposal;
  private final Map<TransactionId, Transaction> found = new HashMap<>();
  private final Set<TransactionId> wanted;

  /**
   * @param known where transactions may be already
   */
  public Assembly(
      CompactBlock proposal, Function<TransactionId, Optional<VerifiedTransaction>> known) {
    this.proposal = proposal;
    this.wanted = new HashSet<>(proposal.ids());
    for (TransactionId id : proposal.ids()) {
      known.apply(id).ifPresent(this::supply);
    }
  }

  /** What is to be fetched, in the proposal's order. */
  public List<TransactionId> missing() {
    return proposal.ids().stream().filter(id -> !found.containsKey(id)).distinct().toList();
  }

  /**
   * Takes a fetched transaction.
   *
   * @return whether the proposal asked for it
   */
  public boolean supply(VerifiedTransaction transaction) {
    if (!wanted.contains(transaction.id())) {
      return false;
    }
    found.put(transaction.id(), transaction.transaction());
    return true;
  }

  /** The block; empty while something is missing. */
  public Optional<Block> block() {
    List<Transaction> transactions = new ArrayList<>(proposal.ids().size());
    for (TransactionId id : proposal.ids()) {
      Transaction transaction = found.get(id);
      if (transaction == null) {
        return Optional.empty();
      }
      transactions.add(transaction);
    }
    return Optional.of(new Block(proposal.header(), proposal.body(), transactions));
  }
}
