package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.state.StateKey;
import io.metanode.ledger.transaction.TransactionId;

/** The keys of the index: a byte that says what is there, and of which. */
final class IndexKeys {

  static final byte BLOCK = 1;
  static final byte TRANSACTION = 2;
  static final byte STATE = 3;
  static final byte HEAD = 4;
  static final byte CHANGE = 5;

  private IndexKeys() {}

  static Bytes block(long height) {
    return new Encoder(9).u8(BLOCK).u64(height).toBytes();
  }

  static Bytes transaction(TransactionId id) {
    return new Encoder(33).u8(TRANSACTION).bytes32(id.value()).toBytes();
  }

  static Bytes state(StateKey key) {
    return new Encoder(33).u8(STATE).bytes32(key.path()).toBytes();
  }

  static Bytes change(long height) {
    return new Encoder(9).u8(CHANGE).u64(height).toBytes();
  }

  static Bytes head() {
    return Bytes.of(HEAD);
  }
}
