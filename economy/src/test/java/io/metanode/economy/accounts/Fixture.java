package io.metanode.economy.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import java.util.List;

/** A small ledger: an issuer without limits, and wallets of alice, bob and carol. */
final class Fixture {

  static final AccountId ISSUER = AccountId.named("issuer");
  static final AccountId ALICE = AccountId.named("alice");
  static final AccountId BOB = AccountId.named("bob");
  static final AccountId CAROL = AccountId.named("carol");
  static final AccountId GOLD = AccountId.named("gold");
  static final Bytes32 MEMO = new Bytes32(1, 2, 3, 4);
  static final long NOW = 1_000;

  final EntriesInMemory state = new EntriesInMemory();
  final AccountLedger ledger = new AccountLedger(state);

  /** Alice has 100. */
  Fixture() {
    open(new AccountTerms(ISSUER, Token.NEX, 1, AccountFlags.NONE, Amount.ZERO, 0));
    open(AccountTerms.wallet(ALICE, Token.NEX, 2));
    open(AccountTerms.wallet(BOB, Token.NEX, 2));
    open(AccountTerms.wallet(CAROL, Token.NEX, 2));
    open(AccountTerms.wallet(GOLD, Token.AUR, 2));
    expect(TransferStatus.OK, direct("endowment", ISSUER, ALICE, 100));
  }

  void open(AccountTerms terms) {
    assertEquals(AccountStatus.OK, ledger.open(terms, NOW));
  }

  static Movement movement(AccountId debit, AccountId credit, long amount) {
    return new Movement(debit, credit, Token.NEX, new Amount(amount), Balancing.NONE, 7, MEMO);
  }

  static Transfer direct(String id, AccountId debit, AccountId credit, long amount) {
    return new Transfer.Direct(TransferId.named(id), movement(debit, credit, amount));
  }

  static Transfer pending(String id, AccountId debit, AccountId credit, long amount, int timeout) {
    return new Transfer.Pending(TransferId.named(id), movement(debit, credit, amount), timeout);
  }

  static Transfer post(String id, String pending, long amount) {
    return new Transfer.PostPending(
        TransferId.named(id), TransferId.named(pending), new Amount(amount), MEMO);
  }

  static Transfer free(String id, String pending) {
    return new Transfer.VoidPending(TransferId.named(id), TransferId.named(pending), MEMO);
  }

  TransferResult expect(TransferStatus status, Transfer transfer) {
    return expect(status, transfer, NOW);
  }

  TransferResult expect(TransferStatus status, Transfer transfer, long now) {
    TransferResult result = ledger.apply(transfer, now);
    assertEquals(status, result.status());
    assertEquals(List.of(), LedgerAudit.of(state).faults());
    return result;
  }

  Account account(AccountId id) {
    return ledger.account(id).orElseThrow();
  }

  /** Posted and pending, debits before credits. */
  void expectBalance(
      AccountId id, long debits, long credits, long debitsPending, long creditsPending) {
    assertEquals(
        new Balance(
            new Total(0, debitsPending),
            new Total(0, debits),
            new Total(0, creditsPending),
            new Total(0, credits)),
        account(id).balance());
  }
}
