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
    Account from = state.account(sender);
    if (from.amounts().of(transfer.asset()) < transfer.amount()) {
      return Status.BALANCE_TOO_LOW;
    }
    Account to = state.account(transfer.recipient());
    state.put(
        sender,
        new Account(from.sequence(), from.amounts().minus(transfer.asset(), transfer.amount())));
    state.put(
        transfer.recipient(),
        new Account(to.sequence(), to.amounts().plus(transfer.asset(), transfer.amount())));
    return Status.OK;
  }
}
