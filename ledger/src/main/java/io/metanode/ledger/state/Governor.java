package io.metanode.ledger.state;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.transaction.AccountId;

/** Who may change the validators. */
public record Governor(AccountId account) implements StoredValue {

  static final int TAG = 5;

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(account.value());
  }

  static Governor decodeFields(Decoder in) throws DecodingException {
    return new Governor(new AccountId(in.bytes32()));
  }
}
