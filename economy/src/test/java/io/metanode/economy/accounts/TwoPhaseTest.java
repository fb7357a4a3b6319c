package io.metanode.economy.accounts;

import static io.metanode.economy.accounts.Fixture.ALICE;
import static io.metanode.economy.accounts.Fixture.BOB;
import static io.metanode.economy.accounts.Fixture.CAROL;
import static io.metanode.economy.accounts.Fixture.ISSUER;
import static io.metanode.economy.accounts.Fixture.NOW;
import static io.metanode.economy.accounts.Fixture.direct;
import static io.metanode.economy.accounts.Fixture.free;
import static io.metanode.economy.accounts.Fixture.movement;
import static io.metanode.economy.accounts.Fixture.pending;
import static io.metanode.economy.accounts.Fixture.post;
import static io.metanode.economy.accounts.TransferStatus.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.accounts.TransferRecord.Phase;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TwoPhaseTest {

  private final Fixture f = new Fixture();

  private Phase phase(String id) {
    return f.ledger.transfer(TransferId.named(id)).orElseThrow().phase();
  }

  @Test
  void holdThenPostAPart() {
    f.expect(OK, pending("p", ALICE, BOB, 60, 0));
    f.expectBalance(ALICE, 0, 100, 60, 0);
    f.expectBalance(BOB, 0, 0, 0, 60);
    assertEquals(new Amount(45), f.expect(OK, post("t", "p", 45)).amount());
    f.expectBalance(ALICE, 45, 100, 0, 0);
    f.expectBalance(BOB, 0, 45, 0, 0);
    assertEquals(Phase.POSTED, phase("p"));
  }

  @Test
  void maxPostsAllThatIsHeld() {
    f.expect(OK, pending("p", ALICE, BOB, 60, 0));
    TransferResult result = f.expect(OK, post("t", "p", Long.MAX_VALUE));
    assertEquals(new Amount(60), result.amount());
  }

  @Test
  void holdThenVoid() {
    f.expect(OK, pending("p", ALICE, BOB, 60, 0));
    assertEquals(new Amount(60), f.expect(OK, free("t", "p")).amount());
    f.expectBalance(ALICE, 0, 100, 0, 0);
    assertEquals(Phase.VOIDED, phase("p"));
  }

  @Test
  void expiryReleasesTheSoonestFirstAndNoMoreThanAsked() {
    for (int i = 0; i < 20; i++) {
      f.expect(OK, pending("p" + i, ALICE, BOB, 1, 1 + (i * 7) % 20));
    }
    f.expect(OK, post("t", "p3", 1));
    f.expectBalance(ALICE, 1, 100, 19, 0);
    assertTrue(f.ledger.expire(NOW + 5_000, 2));
    assertEquals(Phase.EXPIRED, phase("p0"));
    assertEquals(Phase.PENDING, phase("p9"));
    assertFalse(f.ledger.expire(NOW + 5_000, 100));
    long left = IntStream.range(0, 20).filter(i -> phase("p" + i) == Phase.PENDING).count();
    assertEquals(15, left);
    assertFalse(f.ledger.expire(NOW + 20_000, 100));
    f.expectBalance(ALICE, 1, 100, 0, 0);
    f.expectBalance(BOB, 0, 1, 0, 0);
    assertEquals(List.of(), LedgerAudit.of(f.state).faults());
  }

  @Test
  void nothingExpiresTwice() {
    f.expect(OK, pending("p", ALICE, BOB, 60, 1));
    assertFalse(f.ledger.expire(NOW + 999, 10));
    f.expectBalance(ALICE, 0, 100, 60, 0);
    assertFalse(f.ledger.expire(NOW + 1_000, 10));
    f.expectBalance(ALICE, 0, 100, 0, 0);
    assertFalse(f.ledger.expire(NOW + 9_000, 10));
    f.expectBalance(ALICE, 0, 100, 0, 0);
  }

  @Test
  void balancingMovesWhatThereIs() {
    f.expect(OK, pending("p", ALICE, BOB, 30, 0));
    Transfer sweep =
        new Transfer.Direct(
            TransferId.named("sweep"),
            new Movement(ALICE, CAROL, Token.NEX, Amount.MAX, Balancing.DEBIT, 7, Bytes32.ZERO));
    assertEquals(new Amount(70), f.expect(OK, sweep).amount());
    assertEquals(new Amount(70), f.expect(TransferStatus.EXISTS, sweep).amount());
    Transfer repay =
        new Transfer.Direct(
            TransferId.named("repay"),
            new Movement(
                CAROL, ISSUER, Token.NEX, new Amount(1_000), Balancing.CREDIT, 7, Bytes32.ZERO));
    f.expect(TransferStatus.EXCEEDS_CREDITS, repay);
    f.expect(OK, direct("t", ISSUER, CAROL, 1_000));
    f.expect(OK, direct("u", CAROL, ISSUER, 1_000));
    Transfer rest =
        new Transfer.Direct(
            TransferId.named("rest"),
            new Movement(
                CAROL, ISSUER, Token.NEX, new Amount(60), Balancing.CREDIT, 7, Bytes32.ZERO));
    assertEquals(new Amount(60), f.expect(OK, rest).amount());
  }

  @Test
  void balancingMayMoveNothing() {
    Transfer sweep =
        new Transfer.Direct(
            TransferId.named("sweep"),
            new Movement(BOB, ALICE, Token.NEX, Amount.MAX, Balancing.DEBIT, 7, Bytes32.ZERO));
    assertEquals(Amount.ZERO, f.expect(OK, sweep).amount());
  }

  @Test
  void batchSeesItsOwnEffects() {
    List<TransferResult> results =
        f.ledger.applyAll(
            List.of(
                pending("p", ALICE, BOB, 50, 60),
                post("q", "p", 50),
                direct("r", BOB, CAROL, 50),
                new Transfer.Pending(TransferId.named("s"), movement(CAROL, BOB, 50), 1)),
            NOW);
    assertTrue(results.stream().allMatch(TransferResult::ok));
    f.expectBalance(ALICE, 50, 100, 0, 0);
    f.expectBalance(BOB, 50, 50, 0, 50);
    assertEquals(List.of(), LedgerAudit.of(f.state).faults());
  }

  @Test
  void historyKeepsEveryChange() {
    AccountId kept = AccountId.named("kept");
    AccountFlags flags =
        new AccountFlags(AccountFlags.HISTORY | AccountFlags.DEBITS_WITHIN_CREDITS);
    f.open(new AccountTerms(kept, Token.NEX, 2, flags, Amount.ZERO, 0));
    f.expect(OK, direct("t", ALICE, kept, 10), NOW + 1);
    f.expect(OK, direct("u", kept, ALICE, 4), NOW + 2);
    assertEquals(2, f.account(kept).changes());
    BalanceChange first = f.ledger.change(kept, 0).orElseThrow();
    assertEquals(NOW + 1, first.time());
    assertEquals(new Total(0, 10), first.balance().creditsPosted());
    assertEquals(f.account(kept).balance(), f.ledger.change(kept, 1).orElseThrow().balance());
    assertTrue(f.ledger.change(kept, 2).isEmpty());
  }
}
