package io.metanode.economy.accounts;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A state in memory that remembers only so many transfers, and those that are pending: any number
 * of transfers can go through it.
 */
final class ForgetfulEntries implements Entries, EntrySource {

  private final int remembered;
  private final Map<EntryKey, Entry> entries = new HashMap<>();
  private final ArrayDeque<EntryKey> order = new ArrayDeque<>();

  ForgetfulEntries(int remembered) {
    this.remembered = remembered;
  }

  @Override
  public Optional<Entry> get(EntryKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public void put(Entry entry) {
    EntryKey key = entry.key();
    if (entries.put(key, entry) == null && entry instanceof TransferRecord) {
      order.add(key);
      if (order.size() > remembered) {
        forget(order.remove());
      }
    }
  }

  private void forget(EntryKey key) {
    if (entries.get(key) instanceof TransferRecord done
        && done.phase() == TransferRecord.Phase.PENDING) {
      order.add(key);
    } else {
      entries.remove(key);
    }
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
