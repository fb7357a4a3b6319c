package io.metanode.economy.machine;

import io.metanode.crypto.Sha256;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/**
 * A vote that was taken: an account has one on a proposal.
 *
 * @param weight in GEN
 */
public record Ballot(Bytes32 proposal, AccountId account, boolean approve, Amount weight)
    implements Fact {

  static final int TAG = 30;

  static Place of(Bytes32 proposal, AccountId account) {
    return new Place(TAG, Bytes32.of(Sha256.of(proposal.bytes(), account.value().bytes())));
  }

  @Override
  public Place place() {
    return of(proposal, account);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(proposal).bytes32(account.value()).u8(approve ? 1 : 0).u64(weight.units());
  }

  static Ballot decodeFields(Decoder in) throws DecodingException {
    return new Ballot(in.bytes32(), Fields.account(in), Fields.flag(in), Fields.amount(in));
  }
}
