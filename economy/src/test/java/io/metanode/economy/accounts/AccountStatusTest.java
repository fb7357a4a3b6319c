package io.metanode.economy.accounts;

import static io.metanode.economy.accounts.AccountStatus.*;
import static io.metanode.economy.accounts.Fixture.ALICE;
import static io.metanode.economy.accounts.Fixture.BOB;
import static io.metanode.economy.accounts.Fixture.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every code, one by one, and where two hold that the first wins. */
class AccountStatusTest {

  private static final AccountFlags BOTH =
      new AccountFlags(AccountFlags.DEBITS_WITHIN_CREDITS | AccountFlags.CREDITS_WITHIN_DEBITS);

  private final Fixture f = new Fixture();

  private void expect(
      AccountStatus status,
      AccountId id,
      Token token,
      int code,
      AccountFlags flags,
      long allowance,
      long lock) {
    assertEquals(
        status,
        f.ledger.open(new AccountTerms(id, token, code, flags, new Amount(allowance), lock), NOW));
  }

  @Test
  void opening() {
    AccountId id = AccountId.named("new");
    AccountFlags frozen = new AccountFlags(AccountFlags.FROZEN | BOTH.bits());
    expect(ID_ZERO, new AccountId(Bytes32.ZERO), Token.NEX, 1, frozen, 1, 0);
    expect(FLAGS_NOT_FOR_OPENING, id, Token.NEX, 1, frozen, 1, 0);
    expect(FLAGS_NOT_FOR_OPENING, id, Token.NEX, 1, new AccountFlags(AccountFlags.CLOSED), 1, 0);
    expect(FLAGS_EXCLUDE_EACH_OTHER, id, Token.NEX, 1, BOTH, 1, 0);
    expect(ALLOWANCE_WITHOUT_LIMIT, id, Token.NEX, 1, AccountFlags.NONE, 1, 0);
    expect(OK, id, Token.NEX, 1, AccountFlags.WALLET, 1, 5);
    expect(EXISTS_WITH_DIFFERENT_FLAGS, id, Token.AUR, 2, AccountFlags.NONE, 2, 6);
    expect(EXISTS_WITH_DIFFERENT_TOKEN, id, Token.AUR, 2, AccountFlags.WALLET, 2, 6);
    expect(EXISTS_WITH_DIFFERENT_CODE, id, Token.NEX, 2, AccountFlags.WALLET, 2, 6);
    expect(EXISTS_WITH_DIFFERENT_ALLOWANCE, id, Token.NEX, 1, AccountFlags.WALLET, 2, 6);
    expect(EXISTS_WITH_DIFFERENT_LOCK, id, Token.NEX, 1, AccountFlags.WALLET, 1, 6);
    expect(EXISTS, id, Token.NEX, 1, AccountFlags.WALLET, 1, 5);
    assertEquals(OK, f.ledger.freeze(id));
    expect(EXISTS, id, Token.NEX, 1, AccountFlags.WALLET, 1, 5);
  }

  @Test
  void freezingAndThawing() {
    assertEquals(UNKNOWN, f.ledger.freeze(AccountId.named("nobody")));
    assertEquals(NOT_FROZEN, f.ledger.thaw(BOB));
    assertEquals(OK, f.ledger.freeze(BOB));
    assertEquals(FROZEN, f.ledger.freeze(BOB));
    assertEquals(FROZEN, f.ledger.close(BOB));
    assertEquals(OK, f.ledger.thaw(BOB));
    assertEquals(OK, f.ledger.close(BOB));
    assertEquals(CLOSED, f.ledger.freeze(BOB));
    assertEquals(CLOSED, f.ledger.thaw(BOB));
  }

  @Test
  void closing() {
    assertEquals(UNKNOWN, f.ledger.close(AccountId.named("nobody")));
    assertEquals(BALANCE_LEFT, f.ledger.close(ALICE));
    f.expect(TransferStatus.OK, Fixture.pending("p", ALICE, BOB, 100, 0));
    assertEquals(PENDING_LEFT, f.ledger.close(ALICE));
    assertEquals(PENDING_LEFT, f.ledger.close(BOB));
    f.expect(TransferStatus.OK, Fixture.post("t", "p", 100));
    assertEquals(OK, f.ledger.close(ALICE));
    assertEquals(CLOSED, f.ledger.close(ALICE));
  }

  @Test
  void codesAreOrderedAsTheyTakePrecedence() {
    List<Integer> codes = Arrays.stream(values()).map(AccountStatus::code).toList();
    assertEquals(codes.stream().sorted().distinct().toList(), codes);
    List<Integer> others =
        Arrays.stream(TransferStatus.values()).map(TransferStatus::code).toList();
    assertTrue(codes.stream().skip(1).noneMatch(others::contains));
  }

  @Test
  void meaninglessTermsAreNotMade() {
    assertThrows(IllegalArgumentException.class, () -> new AccountFlags(32));
    assertThrows(
        IllegalArgumentException.class, () -> AccountTerms.wallet(ALICE, Token.NEX, 0x10000));
  }
}
