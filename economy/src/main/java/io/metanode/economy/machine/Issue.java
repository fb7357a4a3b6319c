package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * AUR for a bank, or back from it.
 *
 * @param settlement the settlement between banks, named once for ever
 * @param bank the AUR account of the bank
 */
public record Issue(Bytes32 settlement, AccountId bank, Amount amount) {

  public Bytes encode() {
    return new Encoder(72).bytes32(settlement).bytes32(bank.value()).u64(amount.units()).toBytes();
  }

  public static Issue decode(Bytes payload) throws DecodingException {
    Decoder in = payload.decoder();
    Issue issue = new Issue(in.bytes32(), Fields.account(in), Fields.amount(in));
    in.end();
    return issue;
  }
}
