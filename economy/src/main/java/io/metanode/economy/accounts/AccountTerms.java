package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;

/**
 * What an account is opened with. None of it changes later.
 *
 * @param code what the account is for, by its opener's own numbering; below 2^16
 * @param allowance how far the limit in the flags may be passed: a line of credit
 * @param lockedUntil nothing leaves it before this ledger time, in milliseconds
 */
public record AccountTerms(
    AccountId id, Token token, int code, AccountFlags flags, Amount allowance, long lockedUntil) {

  /**
   * @throws IllegalArgumentException if the code or the time is out of bounds
   */
  public AccountTerms {
    if (code < 0 || code > 0xffff || lockedUntil < 0) {
      throw new IllegalArgumentException(
          "no account of code %d locked until %d".formatted(code, lockedUntil));
    }
  }

  /** An account that can only spend what it has, from the start. */
  public static AccountTerms wallet(AccountId id, Token token, int code) {
    return new AccountTerms(id, token, code, AccountFlags.WALLET, Amount.ZERO, 0);
  }
}
