package io.metanode.economy.accounts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A state in memory. */
public final class EntriesInMemory implements Entries, EntrySource {

  private final Map<EntryKey, Entry> entries = new HashMap<>();

  @Override
  public Optional<Entry> get(EntryKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public void put(Entry entry) {
    entries.put(entry.key(), entry);
  }

  @Override
  public void remove(EntryKey key) {
    entries.remove(key);
  }

  @Override
  public void forEach(Consumer<Entry> reader) {
    entries.values().forEach(reader);
  }
}
