package io.metanode.ledger.state;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.transaction.AccountId;

/**
 * What stands behind a validator's word. A validator that contradicts itself loses all of it, and
 * its key is never a validator's again.
 *
 * @param owner who put it up, and alone may add to it and take it back
 * @param amount of GEN, in minor units
 * @param freeFrom the first height at which a validator that left may have it back
 * @param slashed whether the validator was convicted
 */
public record Bond(AccountId owner, long amount, long freeFrom, boolean slashed)
    implements StoredValue {

  static final int TAG = 6;

  Bond plus(long more) {
    return new Bond(owner, Math.addExact(amount, more), freeFrom, slashed);
  }

  Bond emptied() {
    return new Bond(owner, 0, freeFrom, slashed);
  }

  Bond freeFrom(long height) {
    return new Bond(owner, amount, height, slashed);
  }

  Bond convicted() {
    return new Bond(owner, 0, freeFrom, true);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(owner.value()).u64(amount).u64(freeFrom).u8(slashed ? 1 : 0);
  }

  static Bond decodeFields(Decoder in) throws DecodingException {
    AccountId owner = new AccountId(in.bytes32());
    long amount = in.u63();
    long freeFrom = in.u63();
    int slashed = in.u8();
    if (slashed > 1) {
      throw in.fault(DecodingFault.UNKNOWN_CODE, "slashed " + slashed);
    }
    return new Bond(owner, amount, freeFrom, slashed == 1);
  }
}
