package io.metanode.economy.accounts;

import io.metanode.foundation.Bytes32;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of accounts. Every transfer debits one account and credits another by the same amount,
 * so the debits of a token are its credits, always.
 *
 * <p>Equal operations on equal states give equal results and states. The ledger's time, in
 * milliseconds, never goes back from one call to the next. Not safe for use by many threads.
 */
public final class AccountLedger {

  private final Entries state;
  private final Book book;

  public AccountLedger(Entries state) {
    this.state = state;
    this.book = new Book(state);
  }

  public AccountStatus open(AccountTerms terms, long now) {
    return AccountChanges.open(terms, book, now);
  }

  /** Lets nothing leave the account. */
  public AccountStatus freeze(AccountId id) {
    return AccountChanges.freeze(id, true, book);
  }

  public AccountStatus thaw(AccountId id) {
    return AccountChanges.freeze(id, false, book);
  }

  /** Ends an account that holds nothing, for ever. */
  public AccountStatus close(AccountId id) {
    return AccountChanges.close(id, book);
  }

  public TransferResult apply(Transfer transfer, long now) {
    return apply(transfer, book, now);
  }

  /**
   * Does all of the transfers, each seeing what those before it did, or none of them.
   *
   * @return a result for each: if one failed, its own is the reason, and that of the others is
   *     {@link TransferStatus#BATCH_FAILED}
   */
  public List<TransferResult> applyAll(List<Transfer> batch, long now) {
    EntriesOverlay overlay = new EntriesOverlay(state);
    Book scratch = new Book(overlay);
    List<TransferResult> results = new ArrayList<>(batch.size());
    for (Transfer transfer : batch) {
      TransferResult result = apply(transfer, scratch, now);
      if (!result.ok()) {
        return failed(batch.size(), results.size(), result);
      }
      results.add(result);
    }
    overlay.commit();
    return results;
  }

  private static List<TransferResult> failed(int size, int at, TransferResult reason) {
    TransferResult others = TransferResult.failed(TransferStatus.BATCH_FAILED);
    List<TransferResult> results = new ArrayList<>(Collections.nCopies(size, others));
    results.set(at, reason);
    return results;
  }

  private static TransferResult apply(Transfer transfer, Book book, long now) {
    if (transfer.id().value().equals(Bytes32.ZERO)) {
      return TransferResult.failed(TransferStatus.ID_ZERO);
    }
    Optional<TransferRecord> done = book.transfer(transfer.id());
    if (done.isPresent()) {
      TransferStatus status = Duplicates.compare(transfer, done.get().request());
      return status == TransferStatus.EXISTS
          ? new TransferResult(status, done.get().amount())
          : TransferResult.failed(status);
    }
    return switch (transfer) {
      case Transfer.Direct direct -> Movements.apply(direct, book, now);
      case Transfer.Pending pending -> Movements.apply(pending, book, now);
      case Transfer.PostPending post -> Settlements.apply(post, book, now);
      case Transfer.VoidPending free -> Settlements.apply(free, book, now);
    };
  }

  /**
   * Releases what transfers hold whose time is over, the soonest first. To be called at the
   * beginning of every block; what is left then is taken by the next, and cannot be posted.
   *
   * @param most places of the queue to look at
   * @return whether more is left
   */
  public boolean expire(long now, int most) {
    ExpiryQueue queue = book.expiries();
    for (int i = 0; i < most; i++) {
      Optional<TransferId> due = queue.take(now);
      if (due.isEmpty()) {
        return false;
      }
      Settlements.expire(due.get(), book, now);
    }
    return true;
  }

  public Optional<Account> account(AccountId id) {
    return book.account(id);
  }

  public Optional<TransferRecord> transfer(TransferId id) {
    return book.transfer(id);
  }

  /** A change of the account's balance that was kept, from 0 to {@link Account#changes} - 1. */
  public Optional<BalanceChange> change(AccountId account, long number) {
    return book.change(account, number);
  }
}
