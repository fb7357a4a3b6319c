package io.metanode.economy.supply;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.money.Token;
import java.util.Locale;

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

  /** The account of this purse for a token. */
  public AccountId of(Token token) {
    return AccountId.named("metanode " + name().toLowerCase(Locale.ROOT) + " " + token);
  }
}
