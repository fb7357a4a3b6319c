package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;

/** Fields of operations and facts. */
final class Fields {

  private Fields() {}

  static Token token(Decoder in) throws DecodingException {
    int code = in.u8();
    return Token.ofCode(code)
        .orElseThrow(() -> in.fault(DecodingFault.UNKNOWN_CODE, "token " + code));
  }

  static boolean flag(Decoder in) throws DecodingException {
    int flag = in.u8();
    if (flag > 1) {
      throw in.fault(DecodingFault.UNKNOWN_CODE, "flag " + flag);
    }
    return flag == 1;
  }

  static AccountId account(Decoder in) throws DecodingException {
    return new AccountId(in.bytes32());
  }

  static TransferId transfer(Decoder in) throws DecodingException {
    return new TransferId(in.bytes32());
  }

  static Amount amount(Decoder in) throws DecodingException {
    return new Amount(in.u63());
  }
}
