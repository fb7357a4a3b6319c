package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import java.util.Optional;

/**
 * What a block does to one value.
 *
 * @param value the new value; empty removes it
 */
public record StateChange(StateKey key, Optional<Bytes> value) {

  public static StateChange put(StateKey key, Bytes value) {
    return new StateChange(key, Optional.of(value));
  }

  public static StateChange remove(StateKey key) {
    return new StateChange(key, Optional.empty());
  }
}
