package io.metanode.ledger.state;

import io.metanode.foundation.Encoder;

/** How much there is of each asset: the sum over all accounts, always. */
public record Supply(Amounts amounts) implements StoredValue {

  static final int TAG = 4;

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    amounts.encode(out);
  }
}
