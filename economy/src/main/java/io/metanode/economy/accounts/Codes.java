package io.metanode.economy.accounts;

import io.metanode.economy.money.Token;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;

/** Codes in encodings. */
final class Codes {

  private Codes() {}

  static Token token(Decoder in) throws DecodingException {
    int code = in.u8();
    return Token.ofCode(code)
        .orElseThrow(() -> in.fault(DecodingFault.UNKNOWN_CODE, "token " + code));
  }

  static AccountFlags flags(Decoder in) throws DecodingException {
    int bits = in.u16();
    try {
      return new AccountFlags(bits);
    } catch (IllegalArgumentException e) {
      throw in.fault(DecodingFault.UNKNOWN_CODE, "flags " + bits);
    }
  }

  static <T extends Enum<T>> T constant(T[] values, Decoder in) throws DecodingException {
    int code = in.u8();
    if (code >= values.length) {
      throw in.fault(DecodingFault.UNKNOWN_CODE, "code " + code);
    }
    return values[code];
  }
}
