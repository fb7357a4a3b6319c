package io.metanode.economy.accounts;

/**
 * What an account is like.
 *
 * @param bits a sum of the constants here
 */
public record AccountFlags(int bits) {

  /** Its debits, those pending too, stay within its credits and its allowance. */
  public static final int DEBITS_WITHIN_CREDITS = 1;

  /** Its credits, those pending too, stay within its debits and its allowance. */
  public static final int CREDITS_WITHIN_DEBITS = 2;

  /** Every change of its balance is kept. */
  public static final int HISTORY = 4;

  /** Nothing leaves it: no debit, and no posting of one that is pending. */
  public static final int FROZEN = 8;

  /** Nothing moves any more. */
  public static final int CLOSED = 16;

  private static final int LIMITS = DEBITS_WITHIN_CREDITS | CREDITS_WITHIN_DEBITS;
  private static final int CHOSEN = LIMITS | HISTORY;
  private static final int ALL = CHOSEN | FROZEN | CLOSED;

  public static final AccountFlags NONE = new AccountFlags(0);

  /** Of an account that can only spend what it has. */
  public static final AccountFlags WALLET = new AccountFlags(DEBITS_WITHIN_CREDITS);

  /**
   * @throws IllegalArgumentException if a bit has no meaning
   */
  public AccountFlags {
    if ((bits & ~ALL) != 0) {
      throw new IllegalArgumentException("unknown flags: " + bits);
    }
  }

  public boolean has(int flag) {
    return (bits & flag) != 0;
  }

  AccountFlags with(int flag) {
    return new AccountFlags(bits | flag);
  }

  AccountFlags without(int flag) {
    return new AccountFlags(bits & ~flag);
  }

  /** Those that are chosen when the account is opened. */
  AccountFlags chosen() {
    return new AccountFlags(bits & CHOSEN);
  }

  boolean limitsBothWays() {
    return (bits & LIMITS) == LIMITS;
  }

  boolean limits() {
    return has(LIMITS);
  }
}
