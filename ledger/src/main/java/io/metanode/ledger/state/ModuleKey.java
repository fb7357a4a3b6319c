package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import java.util.Comparator;

/**
 * Where a module's value is, before it is hashed to a {@link StateKey}. It is ordered, so that a
 * map finds its way also among keys whose hash codes somebody made equal.
 */
record ModuleKey(int namespace, Bytes32 key) implements Comparable<ModuleKey> {

  private static final Comparator<ModuleKey> ORDER =
      Comparator.comparingInt(ModuleKey::namespace).thenComparing(ModuleKey::key);

  @Override
  public int compareTo(ModuleKey other) {
    return ORDER.compare(this, other);
  }
}
