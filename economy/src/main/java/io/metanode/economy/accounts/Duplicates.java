package io.metanode.economy.accounts;

import static io.metanode.economy.accounts.TransferStatus.EXISTS;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_AMOUNT;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_BALANCING;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_CODE;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_CREDIT_ACCOUNT;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_KIND;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_MEMO;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_PENDING_ID;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_TIMEOUT;
import static io.metanode.economy.accounts.TransferStatus.EXISTS_WITH_DIFFERENT_TOKEN;

/** Whether a transfer is the one that was done under its id, and if not, how it differs. */
final class Duplicates {

  private Duplicates() {}

  static TransferStatus compare(Transfer asked, Transfer done) {
    return switch (asked) {
      case Transfer.Direct a when done instanceof Transfer.Direct d ->
          compare(a.movement(), d.movement());
      case Transfer.Pending a when done instanceof Transfer.Pending d ->
          a.timeoutSeconds() == d.timeoutSeconds()
              ? compare(a.movement(), d.movement())
              : EXISTS_WITH_DIFFERENT_TIMEOUT;
      case Transfer.PostPending a when done instanceof Transfer.PostPending d -> compare(a, d);
      case Transfer.VoidPending a when done instanceof Transfer.VoidPending d -> compare(a, d);
      case Transfer.Direct _, Transfer.Pending _, Transfer.PostPending _, Transfer.VoidPending _ ->
          EXISTS_WITH_DIFFERENT_KIND;
    };
  }

  private static TransferStatus compare(Movement asked, Movement done) {
    if (!asked.debit().equals(done.debit())) {
      return EXISTS_WITH_DIFFERENT_DEBIT_ACCOUNT;
    }
    if (!asked.credit().equals(done.credit())) {
      return EXISTS_WITH_DIFFERENT_CREDIT_ACCOUNT;
    }
    if (asked.token() != done.token()) {
      return EXISTS_WITH_DIFFERENT_TOKEN;
    }
    if (!asked.amount().equals(done.amount())) {
      return EXISTS_WITH_DIFFERENT_AMOUNT;
    }
    if (asked.balancing() != done.balancing()) {
      return EXISTS_WITH_DIFFERENT_BALANCING;
    }
    if (asked.code() != done.code()) {
      return EXISTS_WITH_DIFFERENT_CODE;
    }
    return asked.memo().equals(done.memo()) ? EXISTS : EXISTS_WITH_DIFFERENT_MEMO;
  }

  private static TransferStatus compare(Transfer.PostPending asked, Transfer.PostPending done) {
    if (!asked.pending().equals(done.pending())) {
      return EXISTS_WITH_DIFFERENT_PENDING_ID;
    }
    if (!asked.amount().equals(done.amount())) {
      return EXISTS_WITH_DIFFERENT_AMOUNT;
    }
    return asked.memo().equals(done.memo()) ? EXISTS : EXISTS_WITH_DIFFERENT_MEMO;
  }

  private static TransferStatus compare(Transfer.VoidPending asked, Transfer.VoidPending done) {
    if (!asked.pending().equals(done.pending())) {
      return EXISTS_WITH_DIFFERENT_PENDING_ID;
    }
    return asked.memo().equals(done.memo()) ? EXISTS : EXISTS_WITH_DIFFERENT_MEMO;
  }
}
