package io.metanode.ledger.state;

import io.metanode.ledger.encoding.Bytes;
import io.metanode.ledger.transaction.AccountId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state while a block is applied: what was read and written so far, decoded. Maps are never
 * iterated before their keys are sorted.
 */
final class WorkingState {

  private final StateReader before;
  private final Map<AccountId, Account> accounts = new HashMap<>();
  private final Map<StateKey, StoredValue> others = new HashMap<>();

  WorkingState(StateReader before) {
    this.before = before;
  }

  Account account(AccountId id) {
    Account known = accounts.get(id);
    if (known != null) {
      return known;
    }
    Account read = read(StateKey.account(id), Account.class).orElse(Account.NEW);
    accounts.put(id, read);
    return read;
  }

  void put(AccountId id, Account account) {
    accounts.put(id, account);
  }

  <T extends StoredValue> Optional<T> value(StateKey key, Class<T> type) {
    StoredValue known = others.get(key);
    return known != null ? Optional.of(type.cast(known)) : read(key, type);
  }

  void put(StateKey key, StoredValue value) {
    others.put(key, value);
  }

  private <T extends StoredValue> Optional<T> read(StateKey key, Class<T> type) {
    return before.get(key).map(encoded -> StoredValue.read(encoded, type));
  }

  /** What differs from the state before, sorted. */
  List<StateChange> changes() {
    TreeMap<StateKey, Bytes> written = new TreeMap<>();
    accounts.forEach((id, account) -> written.put(StateKey.account(id), account.encode()));
    others.forEach((key, value) -> written.put(key, value.encode()));
    List<StateChange> changes = new ArrayList<>(written.size());
    written.forEach(
        (key, value) -> {
          Optional<Bytes> old = before.get(key);
          boolean untouched = value.equals(Account.NEW_ENCODED) && old.isEmpty();
          if (!untouched && !old.equals(Optional.of(value))) {
            changes.add(StateChange.put(key, value));
          }
        });
    return changes;
  }
}
