package io.metanode.ledger.state;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * What an account holds.
 *
 * @param sequence the number of transactions it made
 */
public record Account(long sequence, Amounts amounts) implements StoredValue {

  static final int TAG = 1;

  /** The length of the encoding, in bytes. */
  static final int LENGTH = 1 + 8 + 32;

  /** An account that nobody paid yet. */
  public static final Account NEW = new Account(0, Amounts.ZERO);

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(sequence);
    amounts.encode(out);
  }

  static Account decodeFields(Decoder in) throws DecodingException {
    return new Account(in.u63(), Amounts.decode(in));
  }
}
