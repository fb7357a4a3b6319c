package io.metanode.economy.machine;

import static io.metanode.economy.machine.EconomyChain.account;
import static io.metanode.economy.machine.EconomyChain.person;
import static io.metanode.economy.machine.EconomyChain.reference;
import static io.metanode.economy.machine.EconomyChain.steps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.FeeSplit;
import io.metanode.economy.supply.MinerReserve;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes32;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps on a ledger: Ann (0) and Bob (1) with a NEX account each, Ann's with 1,000 units in it. */
class StepsTest {

  private static final int ANN = 0;
  private static final int BOB = 1;
  private static final AccountId ANNS = account(ANN, Token.NEX);
  private static final AccountId BOBS = account(BOB, Token.NEX);
  private static final AccountId NOBODYS = AccountId.named("nobody");

  private final EconomyChain chain = new EconomyChain(3);

  @BeforeEach
  void open() {
    Step.Open nex = new Step.Open(Token.NEX, 0, false, 0);
    assertEquals(List.of(0, 0), chain.block(steps(ANN, nex), steps(BOB, nex)));
    assertEquals(0, chain.perform(ANN, deposit(1, ANNS, 1_000)));
  }

  @AfterEach
  void everythingIsAccountedFor() {
    assertEquals(List.of(), chain.faults());
    assertEquals(chain.state.root(), chain.replayed());
  }

  private static Step deposit(long reference, AccountId account, long amount) {
    return new Step.Deposit(reference(reference), account, Token.NEX, new Amount(amount));
  }

  private static Step withdraw(long reference, AccountId account, long amount, Bytes32 wallet) {
    return new Step.Withdraw(reference(reference), account, Token.NEX, new Amount(amount), wallet);
  }

  private static Movement movement(AccountId from, AccountId to, long amount) {
    return Movement.of(from, to, Token.NEX, new Amount(amount), 0);
  }

  private static Step direct(long reference, Movement movement) {
    return new Step.Move(new Transfer.Direct(reference(reference), movement));
  }

  private static Step pending(long reference, Movement movement, int timeout) {
    return new Step.Move(new Transfer.Pending(reference(reference), movement, timeout));
  }

  private static Step post(long reference, TransferId pending, long amount) {
    return new Step.Move(
        new Transfer.PostPending(reference(reference), pending, new Amount(amount), Bytes32.ZERO));
  }

  private static TransferId of(int person, long reference) {
    return Names.transfer(person(person), reference(reference));
  }

  private void refused(StepStatus status, int person, Step... steps) {
    assertEquals(status.code(), chain.perform(person, steps));
  }

  private void refused(TransferStatus status, int person, Step... steps) {
    assertEquals(status.code(), chain.perform(person, steps));
  }

  @Test
  void depositAndWithdrawalMoveBetweenWalletAndAccount() {
    assertEquals(EconomyChain.WALLET - 1_000, chain.wallet(ANN, Token.NEX));
    assertEquals(1_000, chain.available(ANNS));
    assertEquals(0, chain.perform(ANN, withdraw(2, ANNS, 400, person(BOB))));
    assertEquals(600, chain.available(ANNS));
    assertEquals(EconomyChain.WALLET + 400, chain.wallet(BOB, Token.NEX));
    assertEquals(
        3 * EconomyChain.WALLET - 600, chain.reader().wallets(Token.NEX.code()), "of all wallets");
  }

  @Test
  void aTransferIsDoneOnce() {
    assertEquals(0, chain.perform(ANN, direct(5, movement(ANNS, BOBS, 10))));
    refused(TransferStatus.EXISTS, ANN, direct(5, movement(ANNS, BOBS, 10)));
    refused(TransferStatus.EXISTS, ANN, deposit(1, ANNS, 1_000));
    refused(TransferStatus.EXISTS_WITH_DIFFERENT_AMOUNT, ANN, direct(5, movement(ANNS, BOBS, 11)));
    assertEquals(990, chain.available(ANNS));
    assertEquals(EconomyChain.WALLET - 1_000, chain.wallet(ANN, Token.NEX));
  }

  @Test
  void aReferenceIsItsSendersOwn() {
    assertEquals(0, chain.perform(ANN, direct(5, movement(ANNS, BOBS, 10))));
    assertEquals(0, chain.perform(BOB, direct(5, movement(BOBS, ANNS, 4))), "Bob's own 5");
    assertNotEquals(of(ANN, 5), of(BOB, 5));
    assertEquals(994, chain.available(ANNS));
  }

  @Test
  void theIdGoesBeforeWhoMayAsk() {
    TransferId zero = new TransferId(Bytes32.ZERO);
    refused(
        TransferStatus.ID_ZERO,
        ANN,
        new Step.Move(new Transfer.Direct(zero, movement(BOBS, ANNS, 1))));
  }

  @Test
  void purseOfTheEconomyIsReserved() {
    AccountId treasury = Purse.TREASURY.of(Token.NEX);
    refused(StepStatus.ACCOUNT_RESERVED, ANN, direct(5, movement(treasury, ANNS, 1)));
    refused(StepStatus.ACCOUNT_RESERVED, ANN, direct(5, movement(ANNS, treasury, 1)));
    refused(StepStatus.ACCOUNT_RESERVED, ANN, pending(5, movement(treasury, ANNS, 1), 1));
    refused(StepStatus.ACCOUNT_RESERVED, ANN, deposit(5, Purse.ISSUE.of(Token.NEX), 1));
    refused(
        StepStatus.ACCOUNT_RESERVED, ANN, withdraw(5, Purse.WALLETS.of(Token.NEX), 1, person(ANN)));
    refused(StepStatus.ACCOUNT_RESERVED, ANN, new Step.Freeze(treasury));
    refused(StepStatus.ACCOUNT_RESERVED, ANN, new Step.Close(treasury));
  }

  @Test
  void onlyTheOwnerSpends() {
    refused(StepStatus.NOT_OWNER, BOB, direct(5, movement(ANNS, BOBS, 0)));
    refused(StepStatus.NOT_OWNER, BOB, pending(5, movement(ANNS, BOBS, 1), 0));
    refused(StepStatus.NOT_OWNER, BOB, withdraw(5, ANNS, 1, person(BOB)));
    refused(StepStatus.NOT_OWNER, BOB, new Step.Freeze(ANNS));
    refused(StepStatus.NOT_OWNER, BOB, new Step.Thaw(ANNS));
    refused(StepStatus.NOT_OWNER, BOB, new Step.Close(ANNS));
    refused(TransferStatus.DEBIT_ACCOUNT_UNKNOWN, BOB, direct(5, movement(NOBODYS, BOBS, 1)));
    assertEquals(
        AccountStatus.UNKNOWN.code(), chain.perform(BOB, new Step.Freeze(NOBODYS)), "nobody's");
  }

  @Test
  void onlyWhoIsPaidPostsOrVoids() {
    assertEquals(0, chain.perform(ANN, pending(5, movement(ANNS, BOBS, 100), 0)));
    TransferId held = of(ANN, 5);
    Step free = new Step.Move(new Transfer.VoidPending(reference(7), held, Bytes32.ZERO));
    refused(StepStatus.NOT_PAYEE, ANN, post(6, held, 100));
    refused(StepStatus.NOT_PAYEE, ANN, free);
    refused(TransferStatus.PENDING_UNKNOWN, ANN, post(6, of(ANN, 99), 100));
    assertEquals(0, chain.perform(BOB, post(6, held, 60)));
    assertEquals(940, chain.available(ANNS));
    assertEquals(60, chain.available(BOBS));
    refused(TransferStatus.PENDING_POSTED, BOB, free);
  }

  @Test
  void whoeverIsPaidMayVoid() {
    assertEquals(0, chain.perform(ANN, pending(5, movement(ANNS, BOBS, 100), 0)));
    Step free = new Step.Move(new Transfer.VoidPending(reference(7), of(ANN, 5), Bytes32.ZERO));
    assertEquals(0, chain.perform(BOB, free));
    assertEquals(1_000, chain.available(ANNS));
  }

  @Test
  void whatIsNotPostedInTimeIsFreeAtTheBeginningOfABlock() {
    assertEquals(0, chain.perform(ANN, pending(5, movement(ANNS, BOBS, 100), 1)));
    assertEquals(900, chain.available(ANNS));
    chain.now += 1_000;
    refused(TransferStatus.PENDING_EXPIRED, BOB, post(6, of(ANN, 5), 100));
    assertEquals(1_000, chain.available(ANNS));
  }

  @Test
  void codesOfTheEconomyAreReserved() {
    for (int code : List.of(Codes.GENESIS, Codes.REWARD, Codes.MINT, Codes.DEPOSIT, 31)) {
      refused(
          StepStatus.CODE_RESERVED,
          ANN,
          direct(5, Movement.of(ANNS, BOBS, Token.NEX, new Amount(1), code)));
    }
    refused(
        StepStatus.CODE_RESERVED,
        ANN,
        direct(5, Movement.of(ANNS, BOBS, Token.FLX, new Amount(1), Codes.JOB)));
    assertEquals(
        0,
        chain.perform(
            ANN, direct(5, Movement.of(ANNS, BOBS, Token.NEX, new Amount(1), Codes.FIRST_FREE))));
  }

  @Test
  void aurIsForBanks() {
    refused(StepStatus.TOKEN_FOR_BANKS, ANN, new Step.Open(Token.AUR, 0, false, 0));
    refused(
        StepStatus.TOKEN_FOR_BANKS,
        ANN,
        new Step.Withdraw(reference(5), ANNS, Token.AUR, new Amount(1), person(ANN)));
  }

  @Test
  void aurIsInTransitForAMinuteAtMost() {
    for (int timeout : List.of(0, 61)) {
      refused(
          StepStatus.TRANSIT_TOO_LONG,
          ANN,
          pending(5, Movement.of(ANNS, BOBS, Token.AUR, new Amount(1), 0), timeout));
    }
    refused(
        TransferStatus.TOKEN_NOT_OF_ACCOUNTS,
        ANN,
        pending(5, Movement.of(ANNS, BOBS, Token.AUR, new Amount(1), 0), 60));
  }

  @Test
  void theLedgersWalletsTakeNothing() {
    refused(StepStatus.WALLET_RESERVED, ANN, withdraw(5, ANNS, 1, new Bytes32(-1, -1, -1, -1)));
  }

  @Test
  void aWalletPaysWhatItHas() {
    long all = chain.wallet(BOB, Token.NEX);
    refused(StepStatus.WALLET_TOO_LOW, BOB, deposit(5, BOBS, all + 1));
    assertEquals(0, chain.perform(BOB, deposit(5, BOBS, all)));
    refused(StepStatus.WALLET_TOO_LOW, BOB, deposit(6, BOBS, 1));
    refused(TransferStatus.AMOUNT_ZERO, BOB, deposit(6, BOBS, 0));
    refused(TransferStatus.CREDIT_ACCOUNT_UNKNOWN, ANN, deposit(6, NOBODYS, 1));
  }

  @Test
  void accountsFollowTheirStatus() {
    Step.Open again = new Step.Open(Token.NEX, 0, false, 0);
    assertEquals(AccountStatus.EXISTS.code(), chain.perform(ANN, again));
    assertEquals(0, chain.perform(ANN, new Step.Freeze(ANNS)));
    refused(TransferStatus.DEBIT_ACCOUNT_FROZEN, ANN, direct(5, movement(ANNS, BOBS, 1)));
    assertEquals(AccountStatus.FROZEN.code(), chain.perform(ANN, new Step.Freeze(ANNS)));
    assertEquals(0, chain.perform(ANN, new Step.Thaw(ANNS)));
    assertEquals(AccountStatus.BALANCE_LEFT.code(), chain.perform(ANN, new Step.Close(ANNS)));
    assertEquals(
        0, chain.perform(ANN, withdraw(5, ANNS, 1_000, person(ANN)), new Step.Close(ANNS)));
    assertTrue(chain.account(ANNS).is(AccountFlags.CLOSED));
  }

  @Test
  void aBatchIsDoneWholeOrNotAtAll() {
    Step good = direct(5, movement(ANNS, BOBS, 10));
    refused(TransferStatus.EXCEEDS_CREDITS, ANN, good, direct(6, movement(ANNS, BOBS, 991)));
    assertEquals(1_000, chain.available(ANNS));
    refused(
        TransferStatus.CREDIT_ACCOUNT_UNKNOWN, ANN, deposit(7, ANNS, 5), deposit(8, NOBODYS, 1));
    assertEquals(EconomyChain.WALLET - 1_000, chain.wallet(ANN, Token.NEX));
    assertEquals(
        0,
        chain.perform(
            ANN,
            new Step.Open(Token.NEX, 1, true, 0),
            direct(5, movement(ANNS, Names.account(person(ANN), Token.NEX, 1), 10)),
            direct(6, movement(ANNS, BOBS, 990))));
    assertEquals(0, chain.available(ANNS));
    assertEquals(1, chain.account(Names.account(person(ANN), Token.NEX, 1)).changes());
  }

  @Test
  void whoIsPaidForAJobPaysItsFeeWithTheSamePosting() {
    chain.perform(ANN, deposit(4, ANNS, 99_000));
    Movement job = Movement.of(ANNS, BOBS, Token.NEX, new Amount(50_000), Codes.JOB);
    assertEquals(0, chain.perform(ANN, pending(5, job, 0)));
    assertEquals(0, chain.available(BOBS));
    assertEquals(0, chain.perform(BOB, post(6, of(ANN, 5), 10_007)));
    FeeSplit split = FeeSplit.of(new Amount(10_007));
    long share = split.fee().minus(split.spendable()).units();
    assertEquals(10_007 - share, chain.available(BOBS));
    AccountId reserve = MinerReserve.account(BOBS, chain.now).id();
    assertEquals(split.locked().units(), chain.available(reserve));
    assertEquals(split.owner().units(), chain.available(Purse.OWNER.of(Token.NEX)));
    assertEquals(split.treasury().units(), chain.available(Purse.TREASURY.of(Token.NEX)));
    refused(TransferStatus.DEBIT_ACCOUNT_LOCKED, BOB, direct(7, movement(reserve, BOBS, 1)));
    assertEquals(0, chain.perform(ANN, direct(8, job)), "at once, and the reserve is open already");
    chain.now += MinerReserve.PERIOD_MILLIS + MinerReserve.LOCK_MILLIS;
    assertEquals(0, chain.perform(BOB, direct(7, movement(reserve, BOBS, 1))));
  }
}
