package io.metanode.economy.accounts;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/** How many places the queue of what expires has. */
record ExpiryCount(long count) implements Entry {

  static final int TAG = 20;

  @Override
  public EntryKey key() {
    return EntryKey.expiry(0);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(count);
  }

  static ExpiryCount decodeFields(Decoder in) throws DecodingException {
    return new ExpiryCount(in.u63());
  }
}
