package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;

/** Where a module's value is, before it is hashed to a {@link StateKey}. */
record ModuleKey(int namespace, Bytes32 key) {}
