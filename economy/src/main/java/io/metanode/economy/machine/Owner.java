package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/**
 * Who may spend from an account, and take what is held for it.
 *
 * @param owner an Ed25519 public key
 */
public record Owner(AccountId account, Bytes32 owner) implements Fact {

  static final int TAG = 24;
  private static final int SPACE = 24;

  static Place of(AccountId account) {
    return new Place(SPACE, account.value());
  }

  @Override
  public Place place() {
    return of(account);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(account.value()).bytes32(owner);
  }

  static Owner decodeFields(Decoder in) throws DecodingException {
    return new Owner(new AccountId(in.bytes32()), in.bytes32());
  }
}
