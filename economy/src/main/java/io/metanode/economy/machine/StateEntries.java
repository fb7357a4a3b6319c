package io.metanode.economy.machine;

import io.metanode.economy.accounts.Entries;
import io.metanode.economy.accounts.Entry;
import io.metanode.economy.accounts.EntryKey;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.ModuleReader;
import io.metanode.ledger.ModuleState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts' entries in a ledger's state. Each is decoded once and encoded once, however often
 * it changes in between; nothing is in the state before {@link #writeTo}.
 */
final class StateEntries implements Entries {

  private final ModuleReader state;
  private final Map<EntryKey, Optional<Entry>> read = new HashMap<>();
  private final Map<EntryKey, Optional<Entry>> changed = new HashMap<>();

  StateEntries(ModuleReader state) {
    this.state = state;
  }

  @Override
  public Optional<Entry> get(EntryKey key) {
    Optional<Entry> known = changed.get(key);
    return known != null
        ? known
        : read.computeIfAbsent(key, k -> state.get(k.space(), k.id()).map(StateEntries::entry));
  }

  private static Entry entry(Bytes encoded) {
    try {
      return Entry.decode(encoded);
    } catch (DecodingException e) {
      throw new IllegalStateException("the state holds no entry where one must be: " + encoded, e);
    }
  }

  @Override
  public void put(Entry entry) {
    changed.put(entry.key(), Optional.of(entry));
  }

  @Override
  public void remove(EntryKey key) {
    changed.put(key, Optional.empty());
  }

  /** Makes the changes, each to another key. */
  void writeTo(ModuleState out) {
    changed.forEach(
        (key, entry) ->
            entry.ifPresentOrElse(
                value -> out.put(key.space(), key.id(), value.encode()),
                () -> out.remove(key.space(), key.id())));
  }
}
