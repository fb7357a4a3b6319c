package io.metanode.ledger.transaction;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Ed25519Table;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Checks one signature at a time behind the acceptance rule, with the provider {@code Ed25519}
 * finds or, once a sender signed often enough, with a table of its key, which takes less time. The
 * keys and tables of recent senders are kept.
 */
public final class Ed25519Check implements SignatureCheck {

  /** A table costs as much as so many checks without one. */
  private static final int WORTH_A_TABLE = 4;

  private static final int TABLE_BYTES = 1 << 13;

  private final BoundedCache<AccountId, Known> keys;
  private final BoundedCache<AccountId, Ed25519Table> tables;

  private record Known(Optional<Ed25519PublicKey> key, AtomicInteger checks) {}

  /**
   * @param senders how many decoded keys to keep at least
   */
  public Ed25519Check(int senders) {
    keys = new BoundedCache<>(senders);
    long eighth = Runtime.getRuntime().maxMemory() / 8;
    tables = new BoundedCache<>(Math.clamp(eighth / TABLE_BYTES, 1, senders));
  }

  @Override
  public boolean holds(Transaction transaction) {
    byte[] signature = transaction.signature();
    if (!Ed25519Acceptance.acceptsSignature(signature)) {
      return false;
    }
    AccountId sender = transaction.sender();
    Ed25519Table table = tables.get(sender);
    if (table != null) {
      return table.verifies(transaction.signedBytes(), signature);
    }
    Known known = known(sender);
    if (known.key().isEmpty()) {
      return false;
    }
    if (known.checks().incrementAndGet() == WORTH_A_TABLE) {
      Ed25519Table.of(sender.value().bytes()).ifPresent(made -> tables.putIfAbsent(sender, made));
      known.checks().set(0);
    }
    return known.key().get().verifies(transaction.signedBytes(), signature);
  }

  private Known known(AccountId sender) {
    @Nullable Known known = keys.get(sender);
    if (known != null) {
      return known;
    }
    byte[] raw = sender.value().bytes();
    Optional<Ed25519PublicKey> decoded =
        Ed25519Acceptance.acceptsKey(raw) ? Ed25519PublicKey.ofBytes(raw) : Optional.empty();
    Known fresh = new Known(decoded, new AtomicInteger());
    keys.putIfAbsent(sender, fresh);
    return fresh;
  }
}
