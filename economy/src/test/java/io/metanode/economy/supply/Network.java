package io.metanode.economy.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.EntriesInMemory;
import io.metanode.economy.accounts.LedgerAudit;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import java.util.List;

/** A ledger after its genesis, with some accounts of people and banks. */
final class Network {

  static final long GENESIS = 1_700_000_000_000L;
  static final AccountId TENANT = AccountId.named("tenant");
  static final AccountId MINER = AccountId.named("miner");
  static final AccountId BANK = AccountId.named("bank");
  static final AccountId NO_BANK = AccountId.named("no bank");

  final EntriesInMemory state = new EntriesInMemory();
  final AccountLedger ledger = new AccountLedger(state);
  private int made;

  Network() {
    GenesisSupply.create(ledger, GENESIS);
    open(AccountTerms.wallet(TENANT, Token.NEX, Codes.WALLET));
    open(AccountTerms.wallet(MINER, Token.NEX, Codes.WALLET));
    open(AccountTerms.wallet(BANK, Token.AUR, Codes.BANK));
    open(AccountTerms.wallet(NO_BANK, Token.AUR, Codes.WALLET));
  }

  private void open(AccountTerms terms) {
    assertEquals(AccountStatus.OK, ledger.open(terms, GENESIS));
  }

  TransferResult move(AccountId from, AccountId to, Token token, Amount amount, long now) {
    return ledger.apply(
        new Transfer.Direct(
            TransferId.named("test " + ++made), Movement.of(from, to, token, amount, Codes.WALLET)),
        now);
  }

  Amount available(AccountId id) {
    return ledger.account(id).orElseThrow().available();
  }

  Amount available(Purse purse, Token token) {
    return available(purse.of(token));
  }

  long supply(Token token) {
    return Supply.of(token, ledger).outstanding().units();
  }

  void audit() {
    assertEquals(List.of(), LedgerAudit.of(state).faults());
  }
}
