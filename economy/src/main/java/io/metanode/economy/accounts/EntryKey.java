package io.metanode.economy.accounts;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes32;
import java.nio.ByteBuffer;

/**
 * Where a value is in the state.
 *
 * @param space which kind of value; the namespace in a state tree
 */
public record EntryKey(int space, Bytes32 id) {

  private static final int ACCOUNT = 16;
  private static final int TRANSFER = 17;
  private static final int CHANGE = 18;
  private static final int EXPIRY = 19;

  static EntryKey account(AccountId id) {
    return new EntryKey(ACCOUNT, id.value());
  }

  static EntryKey transfer(TransferId id) {
    return new EntryKey(TRANSFER, id.value());
  }

  static EntryKey change(AccountId account, long number) {
    byte[] index = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return new EntryKey(CHANGE, Bytes32.of(Sha256.of(account.value().bytes(), index)));
  }

  static EntryKey expiry(long place) {
    return new EntryKey(EXPIRY, new Bytes32(0, 0, 0, place));
  }
}
