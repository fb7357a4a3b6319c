package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.ledger.transaction.AccountId;
import java.util.Optional;

/** The state after some block. It never changes. */
@FunctionalInterface
public interface StateReader {

  Optional<Bytes> get(StateKey key);

  default AccountRead account(AccountId id) {
    return AccountRead.of(id, this);
  }
}
