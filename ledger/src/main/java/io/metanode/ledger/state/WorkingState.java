package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.transaction.AccountId;
import io.metanode.ledger.transaction.AccountTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state while a block is applied: what was read and written so far, decoded. Maps are never
 * iterated before their keys are sorted.
 */
final class WorkingState {

  private final StateReader before;
  private final AccountTable<Slot> accounts;
  private final List<Slot> slots;
  private final Map<StateKey, StoredValue> others = new HashMap<>();
  private final Map<ModuleKey, ModuleSlot> values = new HashMap<>();

  WorkingState(StateReader before) {
    this(before, 0);
  }

  /**
   * @param accounts how many may be read, more or less
   */
  WorkingState(StateReader before, int accounts) {
    this.before = before;
    this.accounts = new AccountTable<>(accounts);
    slots = new ArrayList<>(accounts);
  }

  /** An account that was read, and what it is now. */
  private static final class Slot {

    private final AccountRead before;
    private Account account;

    Slot(AccountRead before) {
      this.before = before;
      account = before.account();
    }

    /** As it is to be written, if it changed. An account that nobody paid stays away. */
    @SuppressWarnings("ReferenceEquality") // most accounts that are only read are the same object
    Optional<AccountRead> change() {
      boolean same = account == before.account() || account.equals(before.account());
      return same
          ? Optional.empty()
          : Optional.of(
              new AccountRead(before.id(), before.key(), Optional.of(account.encode()), account));
    }
  }

  /** A module's value that was read: where it is, what was there, and what is there now. */
  private static final class ModuleSlot {

    private final StateKey key;
    private final Optional<Bytes> before;
    private Optional<Bytes> now;

    ModuleSlot(ModuleKey place, StateReader state) {
      key = StateKey.module(place.namespace(), place.key());
      before = state.get(key);
      now = before;
    }

    Optional<StateChange> change() {
      return now.equals(before) ? Optional.empty() : Optional.of(new StateChange(key, now));
    }
  }

  private ModuleSlot slot(ModuleKey place) {
    return values.computeIfAbsent(place, missing -> new ModuleSlot(missing, before));
  }

  Optional<Bytes> module(ModuleKey place) {
    return slot(place).now;
  }

  /** Puts a module's value; empty removes it. */
  void put(ModuleKey place, Optional<Bytes> value) {
    slot(place).now = value;
  }

  private static Optional<StateChange> changed(StateKey key, Optional<Bytes> before, Bytes now) {
    boolean same = before.isPresent() && before.get().equals(now);
    return same ? Optional.empty() : Optional.of(StateChange.put(key, now));
  }

  private Slot slot(AccountId id) {
    Slot known = accounts.get(id);
    if (known != null) {
      return known;
    }
    Slot read = new Slot(before.account(id));
    slots.add(read);
    accounts.put(id, read);
    return read;
  }

  Account account(AccountId id) {
    return slot(id).account;
  }

  void put(AccountId id, Account account) {
    slot(id).account = account;
  }

  <T extends StoredValue> Optional<T> value(StateKey key, Class<T> type) {
    StoredValue known = others.get(key);
    return known != null
        ? Optional.of(type.cast(known))
        : before.get(key).map(encoded -> StoredValue.read(encoded, type));
  }

  void put(StateKey key, StoredValue value) {
    others.put(key, value);
  }

  /** What the block did, of which these are the results. */
  Applied applied(List<TransactionResult> results) {
    List<StateChange> changes = new ArrayList<>(slots.size() + others.size());
    List<AccountRead> changed = new ArrayList<>(slots.size());
    slots.forEach(slot -> slot.change().ifPresent(changed::add));
    changed.forEach(after -> changes.add(new StateChange(after.key(), after.value())));
    values.values().forEach(slot -> slot.change().ifPresent(changes::add));
    others.forEach(
        (key, value) -> changed(key, before.get(key), value.encode()).ifPresent(changes::add));
    return new Applied(results, HashOrder.sorted(changes, change -> change.key().path()), changed);
  }
}
