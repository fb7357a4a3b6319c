package io.metanode.ledger.transaction;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map that forgets: it keeps the last {@code capacity} entries used at least, twice as many at
 * most. Entries age together in two generations, which costs no list to keep in order. Safe for use
 * by many threads.
 */
final class BoundedCache<K, V> {

  private final int capacity;
  private Map<K, V> young = new HashMap<>();
  private Map<K, V> old = new HashMap<>();

  BoundedCache(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    this.capacity = capacity;
  }

  synchronized @Nullable V get(K key) {
    V value = young.get(key);
    if (value != null) {
      return value;
    }
    V aged = old.remove(key);
    if (aged != null) {
      put(key, aged);
    }
    return aged;
  }

  /** The value already there, or null after {@code value} was put. */
  synchronized @Nullable V putIfAbsent(K key, V value) {
    V present = get(key);
    if (present == null) {
      put(key, value);
    }
    return present;
  }

  private void put(K key, V value) {
    if (young.size() >= capacity) {
      old = young;
      young = new HashMap<>();
    }
    young.put(key, value);
  }

  synchronized void remove(K key) {
    young.remove(key);
    old.remove(key);
  }

  synchronized int size() {
    return young.size() + old.size();
  }
}
