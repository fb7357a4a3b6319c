package io.metanode.ledger.transaction;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519Batch;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Ed25519Table;
import io.metanode.crypto.NativeLanes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures behind the acceptance rule, with the provider {@code Ed25519} finds or, once a
 * sender signed often enough and native code of ours is used, with a table of its key, which takes
 * less time. The keys and tables of recent senders are kept.
 */
public final class Ed25519Check implements SignatureCheck {

  /** A table costs as much as so many checks without one. */
  private static final int WORTH_A_TABLE = 4;

  private static final int TABLE_BYTES = 1 << 12;

  private final NativeLanes lanes;
  private final AccountCache<Known> keys;

  /** Also the lock of both. */
  private final AccountCache<Ed25519Table> tables;

  private record Known(Optional<Ed25519PublicKey> key, AtomicInteger checks) {}

  /**
   * @param senders how many decoded keys to keep at least
   * @throws IllegalStateException as {@link NativeLanes#inUse} throws it
   */
  public Ed25519Check(int senders) {
    this(senders, NativeLanes.inUse());
  }

  Ed25519Check(int senders, NativeLanes lanes) {
    this.lanes = lanes;
    keys = new AccountCache<>(senders);
    long eighth = Runtime.getRuntime().maxMemory() / 8;
    tables = new AccountCache<>(Math.clamp(eighth / TABLE_BYTES, 1, senders));
  }

  @Override
  public boolean holds(Transaction transaction) {
    return hold(List.of(transaction))[0];
  }

  @Override
  public boolean[] hold(List<Transaction> transactions) {
    return lanes == NativeLanes.PROVIDER ? holdByProvider(transactions) : holdByTable(transactions);
  }

  private boolean[] holdByProvider(List<Transaction> transactions) {
    boolean[] verdicts = new boolean[transactions.size()];
    for (int i = 0; i < verdicts.length; i++) {
      verdicts[i] = holdsByProvider(transactions.get(i));
    }
    return verdicts;
  }

  private boolean[] holdByTable(List<Transaction> transactions) {
    boolean[] verdicts = new boolean[transactions.size()];
    Ed25519Batch batch = new Ed25519Batch(verdicts.length, lanes);
    int[] places = new int[verdicts.length];
    int batched = 0;
    @Nullable Ed25519Table[] known = tables(transactions);
    for (int i = 0; i < verdicts.length; i++) {
      Transaction transaction = transactions.get(i);
      Ed25519Table table = known[i];
      if (table == null) {
        verdicts[i] = holdsByProvider(transaction);
      } else {
        transaction.addTo(batch, table);
        places[batched++] = i;
      }
    }
    boolean[] found = batch.verdicts();
    for (int i = 0; i < batched; i++) {
      verdicts[places[i]] = found[i];
    }
    return verdicts;
  }

  /** One after the other, so that the processor waits for memory once and not for each. */
  private @Nullable Ed25519Table[] tables(List<Transaction> transactions) {
    @Nullable Ed25519Table[] found = new Ed25519Table[transactions.size()];
    synchronized (tables) {
      for (int i = 0; i < found.length; i++) {
        found[i] = tables.get(transactions.get(i).sender());
      }
    }
    return found;
  }

  private boolean holdsByProvider(Transaction transaction) {
    byte[] signature = transaction.signature();
    AccountId sender = transaction.sender();
    Known known = known(sender);
    if (known.key().isEmpty() || !Ed25519Acceptance.acceptsSignature(signature)) {
      return false;
    }
    if (lanes != NativeLanes.PROVIDER && known.checks().incrementAndGet() == WORTH_A_TABLE) {
      Ed25519Table.of(sender.value().bytes()).ifPresent(made -> keep(sender, made));
      known.checks().set(0);
    }
    return known.key().get().verifies(transaction.signedBytes(), signature);
  }

  private void keep(AccountId sender, Ed25519Table made) {
    synchronized (tables) {
      tables.putIfAbsent(sender, made);
    }
  }

  /** How many tables are kept. */
  int tables() {
    synchronized (tables) {
      return tables.size();
    }
  }

  private Known known(AccountId sender) {
    synchronized (tables) {
      Known known = keys.get(sender);
      if (known != null) {
        return known;
      }
    }
    byte[] raw = sender.value().bytes();
    Optional<Ed25519PublicKey> decoded =
        Ed25519Acceptance.acceptsKey(raw) ? Ed25519PublicKey.ofBytes(raw) : Optional.empty();
    Known fresh = new Known(decoded, new AtomicInteger());
    synchronized (tables) {
      keys.putIfAbsent(sender, fresh);
    }
    return fresh;
  }
}
