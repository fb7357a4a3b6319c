package io.metanode.ledger.transaction;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519PublicKey;
import java.util.Optional;

/**
 * Checks one signature at a time with the provider {@code Ed25519} finds, behind the acceptance
 * rule. Decoding a key costs a square root in the field, so the keys of recent senders are kept.
 */
public final class Ed25519Check implements SignatureCheck {

  private final BoundedCache<AccountId, Optional<Ed25519PublicKey>> keys;

  /**
   * @param senders how many decoded keys to keep at least
   */
  public Ed25519Check(int senders) {
    keys = new BoundedCache<>(senders);
  }

  @Override
  public boolean holds(Transaction transaction) {
    byte[] signature = transaction.signature();
    if (!Ed25519Acceptance.acceptsSignature(signature)) {
      return false;
    }
    Optional<Ed25519PublicKey> key = key(transaction.sender());
    return key.isPresent() && key.get().verifies(transaction.signedBytes(), signature);
  }

  private Optional<Ed25519PublicKey> key(AccountId sender) {
    Optional<Ed25519PublicKey> known = keys.get(sender);
    if (known != null) {
      return known;
    }
    byte[] raw = sender.value().bytes();
    Optional<Ed25519PublicKey> decoded =
        Ed25519Acceptance.acceptsKey(raw) ? Ed25519PublicKey.ofBytes(raw) : Optional.empty();
    keys.putIfAbsent(sender, decoded);
    return decoded;
  }
}
