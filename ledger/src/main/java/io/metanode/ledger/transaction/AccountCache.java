package io.metanode.ledger.transaction;

import org.jspecify.annotations.Nullable;

/**
 * Something for each of many accounts, which it forgets: it keeps the last {@code capacity} used at
 * least, twice as many at most. They age together in two generations, which costs no list to keep
 * in order. Not safe for use by many threads.
 */
final class AccountCache<V> {

  private static final int EXPECTED = 1 << 8;

  private final int capacity;
  private AccountTable<V> young = new AccountTable<>(EXPECTED);

  /** What is used of it is young again, and stays here until all of it goes. */
  private AccountTable<V> old = new AccountTable<>(EXPECTED);

  AccountCache(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    this.capacity = capacity;
  }

  @Nullable V get(AccountId account) {
    V value = young.get(account);
    if (value != null) {
      return value;
    }
    V aged = old.get(account);
    if (aged != null) {
      put(account, aged);
    }
    return aged;
  }

  /** The value already there, or null after {@code value} was put. */
  @Nullable V putIfAbsent(AccountId account, V value) {
    V present = get(account);
    if (present == null) {
      put(account, value);
    }
    return present;
  }

  private void put(AccountId account, V value) {
    if (young.size() >= capacity) {
      AccountTable<V> forgotten = old;
      old = young;
      young = forgotten;
      young.clear();
    }
    young.put(account, value);
  }

  /** How many there are; what was used in both generations counts twice. */
  int size() {
    return young.size() + old.size();
  }
}
