package io.metanode.ledger.state;

import io.metanode.ledger.state.Operation.Transfer;
import io.metanode.ledger.transaction.AccountId;

/** Movements between accounts. */
final class Transfers {

  private Transfers() {}

  static Status apply(AccountId sender, Transfer transfer, WorkingState state) {
    if (transfer.amount() == 0) {
      return Status.AMOUNT_ZERO;
    }
    if (transfer.recipient().equals(sender)) {
      return Status.TRANSFER_TO_SELF;
    }
    if (transfer.recipient().isReserved()) {
      return Status.RECIPIENT_RESERVED;
    }
    if (state.account(sender).amounts().of(transfer.asset()) < transfer.amount()) {
      return Status.BALANCE_TOO_LOW;
    }
    move(sender, transfer.recipient(), transfer.asset(), transfer.amount(), state);
    return Status.OK;
  }

  /** Moves what the sender has, between two accounts that differ. */
  static void move(AccountId sender, AccountId to, Asset asset, long amount, WorkingState state) {
    Account from = state.account(sender);
    state.put(sender, new Account(from.sequence(), from.amounts().minus(asset, amount)));
    Account into = state.account(to);
    state.put(to, new Account(into.sequence(), into.amounts().plus(asset, amount)));
  }
}
