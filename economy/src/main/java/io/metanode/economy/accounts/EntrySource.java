package io.metanode.economy.accounts;

import java.util.function.Consumer;

/** A state that can be read from end to end, in any order. */
@FunctionalInterface
public interface EntrySource {

  void forEach(Consumer<Entry> reader);
}
