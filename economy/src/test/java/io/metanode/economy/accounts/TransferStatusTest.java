package io.metanode.economy.accounts;

import static io.metanode.economy.accounts.Fixture.ALICE;
import static io.metanode.economy.accounts.Fixture.BOB;
import static io.metanode.economy.accounts.Fixture.CAROL;
import static io.metanode.economy.accounts.Fixture.GOLD;
import static io.metanode.economy.accounts.Fixture.ISSUER;
import static io.metanode.economy.accounts.Fixture.MEMO;
import static io.metanode.economy.accounts.Fixture.NOW;
import static io.metanode.economy.accounts.Fixture.direct;
import static io.metanode.economy.accounts.Fixture.free;
import static io.metanode.economy.accounts.Fixture.pending;
import static io.metanode.economy.accounts.Fixture.post;
import static io.metanode.economy.accounts.TransferStatus.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every code, one by one, and where two hold that the first wins. */
class TransferStatusTest {

  private static final AccountId NOBODY = AccountId.named("nobody");
  private static final TransferId ZERO = new TransferId(Bytes32.ZERO);

  private final Fixture f = new Fixture();

  private static Transfer movement(
      AccountId debit, AccountId credit, Token token, long amount, Balancing how, int code) {
    return new Transfer.Direct(
        TransferId.named("t"),
        new Movement(debit, credit, token, new Amount(amount), how, code, MEMO));
  }

  @Test
  void idZeroBeforeAll() {
    f.expect(ID_ZERO, new Transfer.Direct(ZERO, Fixture.movement(ALICE, ALICE, 0)));
    f.expect(ID_ZERO, new Transfer.PostPending(ZERO, ZERO, Amount.ZERO, MEMO));
  }

  @Test
  void existsOrHowItDiffers() {
    f.expect(OK, movement(ALICE, BOB, Token.NEX, 5, Balancing.NONE, 7));
    f.expect(EXISTS_WITH_DIFFERENT_KIND, pending("t", BOB, BOB, 0, 1));
    f.expect(EXISTS_WITH_DIFFERENT_KIND, post("t", "t", 0));
    f.expect(EXISTS_WITH_DIFFERENT_KIND, free("t", "t"));
    f.expect(
        EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT,
        movement(CAROL, CAROL, Token.AUR, 0, Balancing.DEBIT, 8));
    f.expect(
        EXISTS_WITH_DIFFERENT_CREDIT_ACCOUNT,
        movement(ALICE, CAROL, Token.AUR, 0, Balancing.DEBIT, 8));
    f.expect(EXISTS_WITH_DIFFERENT_TOKEN, movement(ALICE, BOB, Token.AUR, 0, Balancing.DEBIT, 8));
    f.expect(EXISTS_WITH_DIFFERENT_AMOUNT, movement(ALICE, BOB, Token.NEX, 6, Balancing.DEBIT, 8));
    f.expect(
        EXISTS_WITH_DIFFERENT_BALANCING, movement(ALICE, BOB, Token.NEX, 5, Balancing.DEBIT, 8));
    f.expect(EXISTS_WITH_DIFFERENT_CODE, movement(ALICE, BOB, Token.NEX, 5, Balancing.NONE, 8));
    f.expect(
        EXISTS_WITH_DIFFERENT_MEMO,
        new Transfer.Direct(
            TransferId.named("t"),
            new Movement(ALICE, BOB, Token.NEX, new Amount(5), Balancing.NONE, 7, Bytes32.ZERO)));
    TransferResult again = f.expect(EXISTS, movement(ALICE, BOB, Token.NEX, 5, Balancing.NONE, 7));
    assertEquals(new Amount(5), again.amount());
    f.expectBalance(ALICE, 5, 100, 0, 0);
  }

  @Test
  void existsInTwoPhases() {
    f.expect(OK, pending("p", ALICE, BOB, 10, 60));
    f.expect(OK, pending("q", ALICE, BOB, 10, 60));
    f.expect(EXISTS_WITH_DIFFERENT_TIMEOUT, pending("p", BOB, ALICE, 10, 61));
    f.expect(EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT, pending("p", BOB, ALICE, 10, 60));
    f.expect(EXISTS, pending("p", ALICE, BOB, 10, 60));
    f.expect(OK, post("post", "p", 4));
    f.expect(EXISTS_WITH_DIFFERENT_PENDING_ID, post("post", "q", 5));
    f.expect(EXISTS_WITH_DIFFERENT_AMOUNT, post("post", "p", 5));
    f.expect(
        EXISTS_WITH_DIFFERENT_MEMO,
        new Transfer.PostPending(
            TransferId.named("post"), TransferId.named("p"), new Amount(4), Bytes32.ZERO));
    assertEquals(new Amount(4), f.expect(EXISTS, post("post", "p", 4)).amount());
    f.expect(OK, free("void", "q"));
    f.expect(EXISTS_WITH_DIFFERENT_PENDING_ID, free("void", "p"));
    f.expect(
        EXISTS_WITH_DIFFERENT_MEMO,
        new Transfer.VoidPending(TransferId.named("void"), TransferId.named("q"), Bytes32.ZERO));
    f.expect(EXISTS, free("void", "q"));
    f.expectBalance(ALICE, 4, 100, 0, 0);
  }

  @Test
  void whatCanNeverBeDone() {
    f.expect(AMOUNT_ZERO, direct("t", NOBODY, NOBODY, 0));
    f.expect(ACCOUNTS_ARE_ONE, direct("t", NOBODY, NOBODY, 1));
    f.expect(AMOUNT_ZERO, post("t", "t", 0));
    f.expect(PENDING_IS_ITSELF, post("t", "t", 1));
    f.expect(PENDING_IS_ITSELF, free("t", "t"));
  }

  @Test
  void unknownAccountsAndOtherTokens() {
    f.expect(DEBIT_ACCOUNT_UNKNOWN, direct("t", NOBODY, AccountId.named("no one"), 1));
    f.expect(CREDIT_ACCOUNT_UNKNOWN, direct("t", GOLD, NOBODY, 1));
    f.expect(ACCOUNTS_OF_DIFFERENT_TOKENS, movement(ALICE, GOLD, Token.GEN, 1, Balancing.NONE, 7));
    f.expect(TOKEN_NOT_OF_ACCOUNTS, movement(ALICE, BOB, Token.GEN, 1, Balancing.NONE, 7));
  }

  @Test
  void whatCannotBePosted() {
    f.expect(PENDING_UNKNOWN, post("t", "p", 1_000));
    f.expect(PENDING_UNKNOWN, free("t", "p"));
    f.expect(PENDING_NOT_PENDING, post("t", "endowment", 1_000));
    f.expect(PENDING_NOT_PENDING, free("t", "endowment"));
    f.expect(OK, pending("p", ALICE, BOB, 10, 60));
    f.expect(PENDING_AMOUNT_EXCEEDED, post("t", "p", 11), NOW + 60_000);
    f.expect(OK, post("post", "p", 10));
    f.expect(PENDING_AMOUNT_EXCEEDED, post("t", "p", 11));
    f.expect(PENDING_POSTED, post("t", "p", 10), NOW + 60_000);
    f.expect(PENDING_POSTED, free("t", "p"), NOW + 60_000);
    f.expect(OK, pending("q", ALICE, BOB, 10, 60));
    f.expect(OK, free("void", "q"));
    f.expect(PENDING_VOIDED, post("t", "q", 10), NOW + 60_000);
    f.expect(PENDING_VOIDED, free("t", "q"), NOW + 60_000);
  }

  @Test
  void expiredByTimeAlone() {
    f.expect(OK, pending("p", ALICE, BOB, 10, 60));
    f.expect(OK, pending("q", ALICE, BOB, 10, 60));
    f.expect(OK, post("t", "p", 10), NOW + 59_999);
    f.expect(PENDING_EXPIRED, post("u", "q", 10), NOW + 60_000);
    f.expect(PENDING_EXPIRED, free("u", "q"), NOW + 60_000);
    f.ledger.expire(NOW + 60_000, 10);
    f.expect(PENDING_EXPIRED, post("u", "q", 10), NOW + 60_000);
  }

  @Test
  void closedFrozenAndLockedAccounts() {
    assertEquals(AccountStatus.OK, f.ledger.close(CAROL));
    assertEquals(AccountStatus.OK, f.ledger.freeze(BOB));
    f.open(
        new AccountTerms(
            AccountId.named("locked"), Token.NEX, 2, AccountFlags.WALLET, Amount.ZERO, NOW + 1));
    AccountId locked = AccountId.named("locked");
    f.expect(OK, direct("to locked", ALICE, locked, 5));
    f.expect(OK, direct("to frozen", ALICE, BOB, 5));
    f.expect(DEBIT_ACCOUNT_CLOSED, direct("t", CAROL, BOB, 1_000));
    f.expect(CREDIT_ACCOUNT_CLOSED, direct("t", BOB, CAROL, 1_000));
    f.expect(DEBIT_ACCOUNT_FROZEN, direct("t", BOB, ALICE, 1_000));
    f.expect(DEBIT_ACCOUNT_LOCKED, direct("t", locked, ALICE, 1_000));
    f.expect(OK, direct("t", locked, ALICE, 5), NOW + 1);
  }

  @Test
  void frozenHoldsAreNotPostedButReleased() {
    f.expect(OK, pending("p", ALICE, BOB, 10, 60));
    assertEquals(AccountStatus.OK, f.ledger.freeze(ALICE));
    f.expect(DEBIT_ACCOUNT_FROZEN, post("t", "p", 10));
    f.expect(OK, free("t", "p"));
  }

  @Test
  void lockComesAfterFreeze() {
    AccountId both = AccountId.named("both");
    f.open(new AccountTerms(both, Token.NEX, 2, AccountFlags.WALLET, Amount.ZERO, NOW + 1));
    assertEquals(AccountStatus.OK, f.ledger.freeze(both));
    f.expect(DEBIT_ACCOUNT_FROZEN, direct("t", both, ALICE, 1));
    assertEquals(AccountStatus.OK, f.ledger.thaw(both));
    f.expect(DEBIT_ACCOUNT_LOCKED, direct("t", both, ALICE, 1));
  }

  @Test
  void timeoutAtTheEndOfTime() {
    long end = Long.MAX_VALUE - 5_000;
    f.expect(TIMEOUT_TOO_LATE, pending("t", ALICE, BOB, 1_000, 6), end);
    f.expect(OK, pending("t", ALICE, BOB, 10, 5), end);
  }

  @Test
  void limitsOfDebits() {
    f.expect(EXCEEDS_CREDITS, direct("t", ALICE, BOB, 101));
    f.expect(OK, pending("p", ALICE, BOB, 60, 0));
    f.expect(EXCEEDS_CREDITS, direct("t", ALICE, BOB, 41));
    f.expect(EXCEEDS_CREDITS, pending("t", ALICE, BOB, 41, 0));
    f.expect(OK, direct("t", ALICE, BOB, 40));
    f.expect(EXCEEDS_CREDITS, direct("u", BOB, ALICE, 41));
  }

  @Test
  void limitsOfCredits() {
    AccountId sink = AccountId.named("sink");
    AccountFlags flags = new AccountFlags(AccountFlags.CREDITS_WITHIN_DEBITS);
    f.open(new AccountTerms(sink, Token.NEX, 2, flags, new Amount(3), 0));
    f.expect(EXCEEDS_CREDITS, direct("t", ALICE, sink, 101));
    f.expect(EXCEEDS_DEBITS, direct("t", ALICE, sink, 4));
    f.expect(OK, pending("p", ALICE, sink, 2, 0));
    f.expect(EXCEEDS_DEBITS, direct("t", ALICE, sink, 2));
    f.expect(OK, direct("t", sink, BOB, 2));
    f.expect(OK, direct("u", ALICE, sink, 3));
  }

  @Test
  void allowanceWidensTheLimit() {
    AccountId credit = AccountId.named("credit");
    f.open(new AccountTerms(credit, Token.NEX, 2, AccountFlags.WALLET, new Amount(10), 0));
    f.expect(EXCEEDS_CREDITS, direct("t", credit, BOB, 11));
    f.expect(OK, direct("t", credit, BOB, 10));
    f.expect(EXCEEDS_CREDITS, direct("u", credit, BOB, 1));
  }

  @Test
  void batchFailedTellsWhichOne() {
    List<Transfer> batch =
        List.of(
            direct("a", ALICE, BOB, 10), direct("b", BOB, CAROL, 11), direct("c", ALICE, BOB, 1));
    List<TransferResult> results = f.ledger.applyAll(batch, NOW);
    assertEquals(
        List.of(BATCH_FAILED, EXCEEDS_CREDITS, BATCH_FAILED),
        results.stream().map(TransferResult::status).toList());
    f.expectBalance(ALICE, 0, 100, 0, 0);
    assertTrue(f.ledger.transfer(TransferId.named("a")).isEmpty());
  }

  @Test
  void codesAreUniqueAndOrderedAsTheyTakePrecedence() {
    List<Integer> codes = Arrays.stream(values()).map(TransferStatus::code).toList();
    assertEquals(codes.stream().sorted().toList(), codes);
    assertEquals(codes.size(), new HashSet<>(codes).size());
    assertTrue(codes.stream().allMatch(code -> code == 0 || (code >= 16 && code < 1 << 16)));
  }

  @Test
  void issuerIsWithoutLimits() {
    f.expect(OK, direct("t", ISSUER, BOB, Long.MAX_VALUE));
    f.expect(OK, direct("u", ISSUER, BOB, Long.MAX_VALUE));
    f.expect(OK, direct("v", ISSUER, BOB, Long.MAX_VALUE));
    assertEquals(1, f.account(BOB).balance().creditsPosted().high());
    f.expect(OK, direct("w", BOB, ALICE, Long.MAX_VALUE));
  }
}
