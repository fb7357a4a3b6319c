package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/**
 * An account and all that was ever moved out of it and into it.
 *
 * @param terms what it was opened with; its flags also say whether it is frozen or closed
 * @param opened the ledger time at which, in milliseconds
 * @param changes the changes of its balance that were kept
 */
public record Account(AccountTerms terms, long opened, long changes, Balance balance)
    implements Entry {

  static final int TAG = 16;

  public AccountId id() {
    return terms.id();
  }

  public Token token() {
    return terms.token();
  }

  public boolean is(int flag) {
    return terms.flags().has(flag);
  }

  /** What a debit may be, by its balance and its limit alone. */
  public Amount available() {
    if (!is(AccountFlags.DEBITS_WITHIN_CREDITS)) {
      return Amount.MAX;
    }
    return balance.creditsPosted().plus(terms.allowance()).above(balance.debits());
  }

  /** What a credit may be, by its balance and its limit alone. */
  Amount room() {
    if (!is(AccountFlags.CREDITS_WITHIN_DEBITS)) {
      return Amount.MAX;
    }
    return balance.debitsPosted().plus(terms.allowance()).above(balance.credits());
  }

  Account with(Balance now) {
    return new Account(terms, opened, changes, now);
  }

  Account kept() {
    return new Account(terms, opened, changes + 1, balance);
  }

  Account with(AccountFlags flags) {
    AccountTerms now =
        new AccountTerms(
            id(), token(), terms.code(), flags, terms.allowance(), terms.lockedUntil());
    return new Account(now, opened, changes, balance);
  }

  @Override
  public EntryKey key() {
    return EntryKey.account(id());
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(id().value()).u8(token().code()).u16(terms.code()).u16(terms.flags().bits());
    out.u64(terms.allowance().units()).u64(terms.lockedUntil()).u64(opened).u64(changes);
    balance.encode(out);
  }

  static Account decodeFields(Decoder in) throws DecodingException {
    AccountId id = new AccountId(in.bytes32());
    Token token = Codes.token(in);
    int code = in.u16();
    AccountFlags flags = Codes.flags(in);
    Amount allowance = new Amount(in.u63());
    if (flags.limitsBothWays() || (!flags.limits() && !allowance.isZero())) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "no account has such flags and allowance");
    }
    AccountTerms terms = new AccountTerms(id, token, code, flags, allowance, in.u63());
    return new Account(terms, in.u63(), in.u63(), Balance.decode(in));
  }
}
