package io.metanode.economy.machine;

import static io.metanode.economy.machine.StepStatus.ACCOUNT_RESERVED;
import static io.metanode.economy.machine.StepStatus.CODE_RESERVED;
import static io.metanode.economy.machine.StepStatus.NOT_OWNER;
import static io.metanode.economy.machine.StepStatus.NOT_PAYEE;
import static io.metanode.economy.machine.StepStatus.TOKEN_FOR_BANKS;
import static io.metanode.economy.machine.StepStatus.TRANSIT_TOO_LONG;
import static io.metanode.economy.machine.StepStatus.WALLET_RESERVED;
import static io.metanode.economy.machine.StepStatus.WALLET_TOO_LOW;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferRecord;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.AurIssue;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes32;
import java.util.Optional;
import java.util.function.Function;

/** The steps of a sender's batch: who may do what, then the accounts, then the wallet. */
final class Steps {

  private static final int OK = 0;

  private final Bytes32 sender;
  private final Session session;

  Steps(Bytes32 sender, Session session) {
    this.sender = sender;
    this.session = session;
  }

  /** Does all of them; the first code that is not 0. */
  int perform(Batch batch) {
    for (Step step : batch.steps()) {
      int code = perform(step);
      if (code != OK) {
        return code;
      }
    }
    return OK;
  }

  private int perform(Step step) {
    return switch (step) {
      case Step.Move move -> move(move.transfer().named(id(move.transfer().id())));
      case Step.Open open -> open(open);
      case Step.Freeze freeze -> change(freeze.account(), session.ledger()::freeze);
      case Step.Thaw thaw -> change(thaw.account(), session.ledger()::thaw);
      case Step.Close close -> change(close.account(), session.ledger()::close);
      case Step.Deposit deposit -> deposit(deposit);
      case Step.Withdraw withdraw -> withdraw(withdraw);
    };
  }

  private TransferId id(TransferId reference) {
    return Names.transfer(sender, reference);
  }

  private int move(Transfer transfer) {
    if (isNew(transfer.id())) {
      Optional<StepStatus> refused = refusal(transfer);
      if (refused.isPresent()) {
        return refused.get().code();
      }
    }
    TransferResult result = session.ledger().apply(transfer, session.now());
    return result.ok() ? Jobs.settle(transfer, result.amount(), session) : result.status().code();
  }

  /** Whether the id says nothing yet of what comes of the transfer. */
  private boolean isNew(TransferId id) {
    return !id.value().equals(Bytes32.ZERO) && session.ledger().transfer(id).isEmpty();
  }

  private Optional<StepStatus> refusal(Transfer transfer) {
    return switch (transfer) {
      case Transfer.Direct direct -> refusal(direct.movement());
      case Transfer.Pending pending ->
          refusal(pending.movement())
              .or(
                  () ->
                      pending.movement().token() == Token.AUR
                              && (pending.timeoutSeconds() == 0
                                  || pending.timeoutSeconds() > AurIssue.TRANSIT_SECONDS)
                          ? Optional.of(TRANSIT_TOO_LONG)
                          : Optional.empty());
      case Transfer.PostPending post -> takes(post.pending());
      case Transfer.VoidPending free -> takes(free.pending());
    };
  }

  private Optional<StepStatus> refusal(Movement movement) {
    if (session.isPurse(movement.debit()) || session.isPurse(movement.credit())) {
      return Optional.of(ACCOUNT_RESERVED);
    }
    if (isAnothers(movement.debit())) {
      return Optional.of(NOT_OWNER);
    }
    boolean job = movement.code() == Codes.JOB && movement.token() == Token.NEX;
    boolean free = movement.code() == 0 || movement.code() >= Codes.FIRST_FREE;
    return job || free ? Optional.empty() : Optional.of(CODE_RESERVED);
  }

  /** Who is paid by a pending transfer, and nobody else, ends it. */
  private Optional<StepStatus> takes(TransferId pending) {
    return session
        .ledger()
        .transfer(pending)
        .map(TransferRecord::request)
        .filter(
            request ->
                request instanceof Transfer.Pending held && isAnothers(held.movement().credit()))
        .map(_ -> NOT_PAYEE);
  }

  private boolean isAnothers(AccountId account) {
    return session.ledger().account(account).isPresent()
        && !session.owner(account).filter(sender::equals).isPresent();
  }

  private int open(Step.Open open) {
    return open.token() == Token.AUR
        ? TOKEN_FOR_BANKS.code()
        : Accounts.open(sender, open, session).code();
  }

  private int change(AccountId account, Function<AccountId, AccountStatus> change) {
    if (session.isPurse(account)) {
      return ACCOUNT_RESERVED.code();
    }
    return isAnothers(account) ? NOT_OWNER.code() : change.apply(account).code();
  }

  private int deposit(Step.Deposit deposit) {
    TransferId id = id(deposit.reference());
    if (isNew(id)) {
      if (session.isPurse(deposit.account())) {
        return ACCOUNT_RESERVED.code();
      }
      if (session.state().wallet(sender, deposit.token().code()) < deposit.amount().units()) {
        return WALLET_TOO_LOW.code();
      }
    }
    int code =
        walletTransfer(
            id,
            new Movement(
                Purse.WALLETS.of(deposit.token()),
                deposit.account(),
                deposit.token(),
                deposit.amount(),
                Balancing.NONE,
                Codes.DEPOSIT,
                sender));
    if (code == OK) {
      session.state().take(sender, deposit.token().code(), deposit.amount().units());
    }
    return code;
  }

  private int withdraw(Step.Withdraw withdraw) {
    TransferId id = id(withdraw.reference());
    if (isNew(id)) {
      Optional<StepStatus> refused = refusal(withdraw);
      if (refused.isPresent()) {
        return refused.get().code();
      }
    }
    int code =
        walletTransfer(
            id,
            new Movement(
                withdraw.account(),
                Purse.WALLETS.of(withdraw.token()),
                withdraw.token(),
                withdraw.amount(),
                Balancing.NONE,
                Codes.WITHDRAWAL,
                withdraw.wallet()));
    if (code == OK) {
      session.state().give(withdraw.wallet(), withdraw.token().code(), withdraw.amount().units());
    }
    return code;
  }

  private Optional<StepStatus> refusal(Step.Withdraw withdraw) {
    if (session.isPurse(withdraw.account())) {
      return Optional.of(ACCOUNT_RESERVED);
    }
    if (isAnothers(withdraw.account())) {
      return Optional.of(NOT_OWNER);
    }
    if (withdraw.token() == Token.AUR) {
      return Optional.of(TOKEN_FOR_BANKS);
    }
    return session.state().isReserved(withdraw.wallet())
        ? Optional.of(WALLET_RESERVED)
        : Optional.empty();
  }

  private int walletTransfer(TransferId id, Movement movement) {
    return session.ledger().apply(new Transfer.Direct(id, movement), session.now()).status().code();
  }
}
