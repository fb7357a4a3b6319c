package io.metanode.economy.accounts;

import static io.metanode.economy.accounts.Fixture.ALICE;
import static io.metanode.economy.accounts.Fixture.BOB;
import static io.metanode.economy.accounts.Fixture.NOW;
import static io.metanode.economy.accounts.Fixture.direct;
import static io.metanode.economy.accounts.Fixture.pending;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.TransferRecord.Phase;
import io.metanode.economy.money.Amount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit sees what is wrong. */
class LedgerAuditTest {

  private final Fixture f = new Fixture();

  @BeforeEach
  void someTransfers() {
    f.expect(TransferStatus.OK, direct("t", ALICE, BOB, 10));
    f.expect(TransferStatus.OK, pending("p", ALICE, BOB, 10, 5));
    f.expect(TransferStatus.OK, pending("q", ALICE, BOB, 10, 4));
    f.expect(TransferStatus.OK, pending("r", ALICE, BOB, 10, 3));
    f.expect(TransferStatus.OK, Fixture.post("s", "p", 5));
    assertTrue(LedgerAudit.of(f.state).clean());
  }

  private void finds(String part) {
    LedgerAudit.Report report = LedgerAudit.of(f.state);
    assertFalse(report.clean());
    assertTrue(
        report.faults().stream().anyMatch(fault -> fault.contains(part)),
        report.faults().toString());
  }

  private Account bob() {
    return f.account(BOB);
  }

  private TransferRecord done(String id) {
    return f.ledger.transfer(TransferId.named(id)).orElseThrow();
  }

  @Test
  void aUnitFromNowhere() {
    f.state.put(bob().with(bob().balance().credit(Balance.Change.moves(new Amount(1)))));
    finds("NEX posted");
    assertFalse(LedgerAudit.ofAccounts(f.state).clean());
  }

  @Test
  void aHoldWithoutATransfer() {
    f.state.put(bob().with(bob().balance().credit(Balance.Change.holds(new Amount(1)))));
    finds("NEX pending");
    finds("its transfers make");
  }

  @Test
  void moneyThatWentElsewhere() {
    Account alice = f.account(ALICE);
    Balance.Change change = Balance.Change.moves(new Amount(1));
    f.state.put(alice.with(alice.balance().debit(change)));
    f.state.put(alice.with(alice.balance().debit(change).credit(change)));
    finds("its transfers make");
  }

  @Test
  void aDebtBeyondTheLimit() {
    Account alice = f.account(ALICE);
    Balance.Change change = Balance.Change.moves(new Amount(1_000));
    f.state.put(alice.with(alice.balance().debit(change)));
    finds("debits above its credits");
    assertFalse(LedgerAudit.ofAccounts(f.state).clean());
  }

  @Test
  void aForgottenTransfer() {
    f.state.remove(EntryKey.transfer(TransferId.named("t")));
    finds("its transfers make");
  }

  @Test
  void aSettlementOfNothing() {
    f.state.remove(EntryKey.transfer(TransferId.named("p")));
    finds("settles nothing");
  }

  @Test
  void aPhaseThatIsNotWhatHappened() {
    f.state.put(done("p").with(Phase.VOIDED));
    finds("is VOIDED, not POSTED");
  }

  @Test
  void anExpiryThatNeverComes() {
    f.state.put(new Expiry(1, NOW, TransferId.named("p")));
    finds("never expires");
  }

  @Test
  void aQueueOutOfOrder() {
    f.state.put(new Expiry(1, Long.MAX_VALUE, TransferId.named("r")));
    finds("out of order");
    f.state.put(new ExpiryCount(9));
    finds("places of 9");
  }

  @Test
  void aClosedAccountWithMoney() {
    f.state.put(bob().with(bob().terms().flags().with(AccountFlags.CLOSED)));
    finds("is closed with");
  }

  @Test
  void aChangeThatWasNotKept() {
    f.state.put(bob().kept());
    finds("changes kept");
  }
}
