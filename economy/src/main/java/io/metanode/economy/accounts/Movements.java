package io.metanode.economy.accounts;

import io.metanode.economy.accounts.TransferRecord.Phase;
import io.metanode.economy.money.Amount;
import java.util.Optional;

/** Transfers that move or hold something: the checks in their order, then the effect. */
final class Movements {

  private Movements() {}

  static TransferResult apply(Transfer.Direct direct, Book book, long now) {
    return apply(direct, direct.movement(), 0, book, now);
  }

  static TransferResult apply(Transfer.Pending pending, Book book, long now) {
    return apply(pending, pending.movement(), pending.timeoutSeconds(), book, now);
  }

  private static TransferResult apply(
      Transfer transfer, Movement movement, int timeoutSeconds, Book book, long now) {
    if (movement.amount().isZero()) {
      return TransferResult.failed(TransferStatus.AMOUNT_ZERO);
    }
    if (movement.debit().equals(movement.credit())) {
      return TransferResult.failed(TransferStatus.ACCOUNTS_ARE_ONE);
    }
    Optional<Account> debit = book.account(movement.debit());
    if (debit.isEmpty()) {
      return TransferResult.failed(TransferStatus.DEBIT_ACCOUNT_UNKNOWN);
    }
    Optional<Account> credit = book.account(movement.credit());
    if (credit.isEmpty()) {
      return TransferResult.failed(TransferStatus.CREDIT_ACCOUNT_UNKNOWN);
    }
    TransferStatus refused = refusal(movement, debit.get(), credit.get(), now);
    if (refused != TransferStatus.OK) {
      return TransferResult.failed(refused);
    }
    if (timeoutSeconds > (Long.MAX_VALUE - now) / 1000) {
      return TransferResult.failed(TransferStatus.TIMEOUT_TOO_LATE);
    }
    Amount amount = amount(movement, debit.get(), credit.get());
    if (amount.compareTo(debit.get().available()) > 0) {
      return TransferResult.failed(TransferStatus.EXCEEDS_CREDITS);
    }
    if (amount.compareTo(credit.get().room()) > 0) {
      return TransferResult.failed(TransferStatus.EXCEEDS_DEBITS);
    }
    perform(transfer, movement, amount, book, now);
    return TransferResult.done(amount);
  }

  private static TransferStatus refusal(
      Movement movement, Account debit, Account credit, long now) {
    if (debit.token() != credit.token()) {
      return TransferStatus.ACCOUNTS_OF_DIFFERENT_TOKENS;
    }
    if (movement.token() != debit.token()) {
      return TransferStatus.TOKEN_NOT_OF_ACCOUNTS;
    }
    if (debit.is(AccountFlags.CLOSED)) {
      return TransferStatus.DEBIT_ACCOUNT_CLOSED;
    }
    if (credit.is(AccountFlags.CLOSED)) {
      return TransferStatus.CREDIT_ACCOUNT_CLOSED;
    }
    if (debit.is(AccountFlags.FROZEN)) {
      return TransferStatus.DEBIT_ACCOUNT_FROZEN;
    }
    return now < debit.terms().lockedUntil()
        ? TransferStatus.DEBIT_ACCOUNT_LOCKED
        : TransferStatus.OK;
  }

  private static Amount amount(Movement movement, Account debit, Account credit) {
    return switch (movement.balancing()) {
      case NONE -> movement.amount();
      case DEBIT -> {
        Balance balance = debit.balance();
        yield movement.amount().min(balance.creditsPosted().above(balance.debits()));
      }
      case CREDIT -> {
        Balance balance = credit.balance();
        yield movement.amount().min(balance.debitsPosted().above(balance.credits()));
      }
    };
  }

  private static void perform(
      Transfer transfer, Movement movement, Amount amount, Book book, long now) {
    boolean pending = transfer instanceof Transfer.Pending;
    TransferRecord done =
        new TransferRecord(transfer, now, amount, pending ? Phase.PENDING : Phase.NONE);
    book.put(done);
    book.move(movement, pending ? Balance.Change.holds(amount) : Balance.Change.moves(amount), now);
    if (done.expiry() < Long.MAX_VALUE) {
      book.expiries().add(transfer.id(), done.expiry());
    }
  }
}
