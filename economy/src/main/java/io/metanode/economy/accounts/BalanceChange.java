package io.metanode.economy.accounts;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * The balance of an account after one of its changes, kept because the account asks for it.
 *
 * @param number 0 for the account's first
 * @param time the ledger's, in milliseconds
 */
public record BalanceChange(AccountId account, long number, long time, Balance balance)
    implements Entry {

  static final int TAG = 18;

  @Override
  public EntryKey key() {
    return EntryKey.change(account, number);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(account.value()).u64(number).u64(time);
    balance.encode(out);
  }

  static BalanceChange decodeFields(Decoder in) throws DecodingException {
    return new BalanceChange(new AccountId(in.bytes32()), in.u63(), in.u63(), Balance.decode(in));
  }
}
