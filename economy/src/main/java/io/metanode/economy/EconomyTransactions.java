package io.metanode.economy;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.machine.Batch;
import io.metanode.economy.machine.Names;
import io.metanode.economy.machine.Operation;
import io.metanode.economy.machine.Step;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes transactions with steps for the economy: what was added is done in its order, all of it or
 * nothing. A reference is 32 bytes that the sender chooses and never uses again; the ledger keeps
 * the transfer under the id that {@link #transfer} tells.
 */
public final class EconomyTransactions {

  private final List<Step> steps = new ArrayList<>();

  /** The most steps of a transaction. */
  public static int mostSteps() {
    return Batch.MOST;
  }

  /**
   * The id of an account that a key opened, or may open.
   *
   * @param token such as {@code NEX}
   * @param number the owner's own, from 0
   */
  public static Bytes32 account(Ed25519PublicKey owner, String token, int number) {
    return Names.account(Bytes32.of(owner.bytes()), token(token), number).value();
  }

  /** The id under which the ledger keeps the transfer that a key makes with a reference. */
  public static Bytes32 transfer(Ed25519PublicKey sender, Bytes32 reference) {
    return Names.transfer(Bytes32.of(sender.bytes()), new TransferId(reference)).value();
  }

  private static Token token(String name) {
    return Token.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private EconomyTransactions add(Step step) {
    steps.add(step);
    return this;
  }

  /** Opens an account of the sender's. */
  public EconomyTransactions open(String token, int number, boolean history, long lockedUntil) {
    return add(new Step.Open(token(token), number, history, lockedUntil));
  }

  public EconomyTransactions freeze(Bytes32 account) {
    return add(new Step.Freeze(new AccountId(account)));
  }

  public EconomyTransactions thaw(Bytes32 account) {
    return add(new Step.Thaw(new AccountId(account)));
  }

  public EconomyTransactions close(Bytes32 account) {
    return add(new Step.Close(new AccountId(account)));
  }

  /**
   * What moves.
   *
   * @param debit an account of the sender's
   * @param amount minor units
   * @param code what it is for: 0, 18 for a job that is paid in NEX, or 32 and above
   * @param memo anything
   */
  public record Order(
      Bytes32 debit, Bytes32 credit, String token, long amount, int code, Bytes32 memo) {

    private Movement movement() {
      return new Movement(
          new AccountId(debit),
          new AccountId(credit),
          EconomyTransactions.token(token),
          new Amount(amount),
          Balancing.NONE,
          code,
          memo);
    }
  }

  /** Moves at once. */
  public EconomyTransactions direct(Bytes32 reference, Order order) {
    return add(new Step.Move(new Transfer.Direct(new TransferId(reference), order.movement())));
  }

  /**
   * Holds until whoever is to be paid posts or voids it, or it expires.
   *
   * @param timeoutSeconds 0 for never
   */
  public EconomyTransactions pending(Bytes32 reference, Order order, int timeoutSeconds) {
    return add(
        new Step.Move(
            new Transfer.Pending(new TransferId(reference), order.movement(), timeoutSeconds)));
  }

  /**
   * Takes what is held for an account of the sender's.
   *
   * @param pending the id under which the ledger keeps it
   * @param amount minor units; 2^63 - 1 for all
   */
  public EconomyTransactions post(Bytes32 reference, Bytes32 pending, long amount, Bytes32 memo) {
    return add(
        new Step.Move(
            new Transfer.PostPending(
                new TransferId(reference), new TransferId(pending), new Amount(amount), memo)));
  }

  /** Releases what is held for an account of the sender's. */
  public EconomyTransactions free(Bytes32 reference, Bytes32 pending, Bytes32 memo) {
    return add(
        new Step.Move(
            new Transfer.VoidPending(new TransferId(reference), new TransferId(pending), memo)));
  }

  /** Moves an amount from the sender's wallet into an account. */
  public EconomyTransactions deposit(
      Bytes32 reference, Bytes32 account, String token, long amount) {
    return add(
        new Step.Deposit(
            new TransferId(reference), new AccountId(account), token(token), new Amount(amount)));
  }

  /** Moves an amount from an account of the sender's into a wallet. */
  public EconomyTransactions withdraw(
      Bytes32 reference, Bytes32 account, String token, long amount, Bytes32 wallet) {
    return add(
        new Step.Withdraw(
            new TransferId(reference),
            new AccountId(account),
            token(token),
            new Amount(amount),
            wallet));
  }

  /**
   * Signs the steps as one transaction.
   *
   * @throws IllegalArgumentException if there are none, or more than {@link #mostSteps}
   */
  public LedgerTransactions.Signed sign(
      LedgerTransactions transactions, Signer sender, LedgerTransactions.Place place)
      throws SigningException {
    Operation operation = new Operation.DoSteps(new Batch(steps));
    return transactions.operation(
        sender, place, operation.category(), operation.kind(), operation.encode());
  }
}
