package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import java.util.function.Supplier;

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

  /** What is valid only if its constructor says so. */
  static <T> T valid(Decoder in, Supplier<T> made) throws DecodingException {
    try {
      return made.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, String.valueOf(e.getMessage()));
    }
  }

  static Amount amount(Decoder in) throws DecodingException {
    return new Amount(in.u63());
  }
}
