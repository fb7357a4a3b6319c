package io.metanode.economy.accounts;

import java.util.Optional;

/**
 * Where the state is: a state tree, or memory. Not safe for use by many threads.
 *
 * <p>The ledger puts every entry under its own key.
 */
public interface Entries {

  Optional<Entry> get(EntryKey key);

  void put(Entry entry);

  void remove(EntryKey key);
}
