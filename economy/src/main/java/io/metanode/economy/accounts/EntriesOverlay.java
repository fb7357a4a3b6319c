package io.metanode.economy.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Changes to a state that are not made yet. */
final class EntriesOverlay implements Entries {

  private final Entries below;
  private final Map<EntryKey, Optional<Entry>> changes = new LinkedHashMap<>();

  EntriesOverlay(Entries below) {
    this.below = below;
  }

  @Override
  public Optional<Entry> get(EntryKey key) {
    Optional<Entry> changed = changes.get(key);
    return changed != null ? changed : below.get(key);
  }

  @Override
  public void put(Entry entry) {
    changes.put(entry.key(), Optional.of(entry));
  }

  @Override
  public void remove(EntryKey key) {
    changes.put(key, Optional.empty());
  }

  /** Makes the changes, in the order in which their keys were first changed. */
  void commit() {
    changes.forEach((key, entry) -> entry.ifPresentOrElse(below::put, () -> below.remove(key)));
  }
}
