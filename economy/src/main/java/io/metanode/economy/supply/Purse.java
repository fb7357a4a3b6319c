package io.metanode.economy.supply;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.money.Token;
import java.util.Locale;
import java.util.Optional;

/** Accounts that the economy itself holds; no key spends from them. */
public enum Purse {
  /** Where a token comes from and returns to; its debits less its credits are the supply. */
  ISSUE,
  TREASURY,
  FOUNDER,
  GOVERNANCE,
  MINING,
  VALIDATORS,
  GRANTS,
  CIRCULATION,
  LIQUIDITY,
  MERCHANTS,
  FAUCET,
  /** Where fees are collected until their epoch is settled. */
  FEES,
  /** The owner's share of fees. */
  OWNER,
  /** What the wallets of the ledger hold together: all of it that is in no account. */
  WALLETS;

  private static final Purse[] BY_CODE = values();

  /** The code in encodings: the place here, which never changes. */
  @SuppressWarnings("EnumOrdinal")
  public int code() {
    return ordinal();
  }

  public static Optional<Purse> ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }

  /** The account of this purse for a token. */
  public AccountId of(Token token) {
    return AccountId.named("metanode " + name().toLowerCase(Locale.ROOT) + " " + token);
  }
}
