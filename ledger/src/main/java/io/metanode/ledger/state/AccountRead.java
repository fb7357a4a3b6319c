package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.transaction.AccountId;
import java.util.Optional;

/**
 * An account as a state has it.
 *
 * @param id which account
 * @param key where it is
 * @param value what is there; empty if nobody paid it yet
 * @param account the same, decoded
 */
public record AccountRead(AccountId id, StateKey key, Optional<Bytes> value, Account account) {

  static AccountRead of(AccountId id, StateReader state) {
    StateKey key = StateKey.account(id);
    Optional<Bytes> value = state.get(key);
    return new AccountRead(
        id,
        key,
        value,
        value.map(encoded -> StoredValue.read(encoded, Account.class)).orElse(Account.NEW));
  }
}
