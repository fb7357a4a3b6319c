package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import java.util.Optional;

/** The state after some block. It never changes. */
@FunctionalInterface
public interface StateReader {

  Optional<Bytes> get(StateKey key);
}
