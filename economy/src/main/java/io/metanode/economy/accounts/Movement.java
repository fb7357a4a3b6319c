package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * What goes from where to where.
 *
 * @param debit the account that pays
 * @param credit the account that is paid
 * @param amount how much, or at most how much if {@code balancing} says so
 * @param code what it is for, by its maker's own numbering; below 2^16
 * @param memo anything, for example the hash of an invoice
 */
public record Movement(
    AccountId debit,
    AccountId credit,
    Token token,
    Amount amount,
    Balancing balancing,
    int code,
    Bytes32 memo) {

  /** Whether the amount is fixed. */
  public enum Balancing {
    /** It is. */
    NONE(0),
    /** As much of it as the debit account has more credits than debits. */
    DEBIT(1),
    /** As much of it as the credit account has more debits than credits. */
    CREDIT(2);

    private static final Balancing[] BY_CODE = values();

    private final int code;

    Balancing(int code) {
      this.code = code;
    }

    /** The code in encodings. */
    int code() {
      return code;
    }
  }

  /**
   * @throws IllegalArgumentException if the code is out of bounds
   */
  public Movement {
    if (code < 0 || code > 0xffff) {
      throw new IllegalArgumentException("no code " + code);
    }
  }

  /** A fixed amount without a memo. */
  public static Movement of(
      AccountId debit, AccountId credit, Token token, Amount amount, int code) {
    return new Movement(debit, credit, token, amount, Balancing.NONE, code, Bytes32.ZERO);
  }

  void encode(Encoder out) {
    out.bytes32(debit.value()).bytes32(credit.value()).u8(token.code()).u64(amount.units());
    out.u8(balancing.code()).u16(code).bytes32(memo);
  }

  static Movement decode(Decoder in) throws DecodingException {
    return new Movement(
        new AccountId(in.bytes32()),
        new AccountId(in.bytes32()),
        Codes.token(in),
        new Amount(in.u63()),
        Codes.constant(Balancing.BY_CODE, in),
        in.u16(),
        in.bytes32());
  }
}
