package io.metanode.economy.accounts;

import io.metanode.economy.accounts.TransferRecord.Phase;
import io.metanode.economy.money.Amount;
import java.util.Optional;

/** The second phase of transfers: posted, voided or expired. */
final class Settlements {

  private Settlements() {}

  /** A transfer in its first phase. */
  private record Held(Transfer.Pending pending, TransferRecord done) {

    Movement movement() {
      return pending.movement();
    }
  }

  private static TransferStatus settled(Phase phase) {
    return switch (phase) {
      case NONE -> TransferStatus.PENDING_NOT_PENDING;
      case PENDING -> TransferStatus.OK;
      case POSTED -> TransferStatus.PENDING_POSTED;
      case VOIDED -> TransferStatus.PENDING_VOIDED;
      case EXPIRED -> TransferStatus.PENDING_EXPIRED;
    };
  }

  private static Optional<Held> held(TransferId id, Book book) {
    return book.transfer(id)
        .flatMap(
            done ->
                done.request() instanceof Transfer.Pending pending
                    ? Optional.of(new Held(pending, done))
                    : Optional.empty());
  }

  static TransferResult apply(Transfer.PostPending post, Book book, long now) {
    if (post.amount().isZero()) {
      return TransferResult.failed(TransferStatus.AMOUNT_ZERO);
    }
    if (post.pending().equals(post.id())) {
      return TransferResult.failed(TransferStatus.PENDING_IS_ITSELF);
    }
    Optional<Held> found = held(post.pending(), book);
    if (found.isEmpty()) {
      return TransferResult.failed(missing(post.pending(), book));
    }
    Held held = found.get();
    Amount most = held.done().amount();
    Amount amount = post.amount().equals(Amount.MAX) ? most : post.amount();
    if (amount.compareTo(most) > 0) {
      return TransferResult.failed(TransferStatus.PENDING_AMOUNT_EXCEEDED);
    }
    TransferStatus refused = refusal(held, now);
    if (refused != TransferStatus.OK) {
      return TransferResult.failed(refused);
    }
    if (book.known(held.movement().debit()).is(AccountFlags.FROZEN)) {
      return TransferResult.failed(TransferStatus.DEBIT_ACCOUNT_FROZEN);
    }
    book.put(new TransferRecord(post, now, amount, Phase.NONE));
    settle(held, Phase.POSTED, amount, book, now);
    return TransferResult.done(amount);
  }

  static TransferResult apply(Transfer.VoidPending free, Book book, long now) {
    if (free.pending().equals(free.id())) {
      return TransferResult.failed(TransferStatus.PENDING_IS_ITSELF);
    }
    Optional<Held> found = held(free.pending(), book);
    if (found.isEmpty()) {
      return TransferResult.failed(missing(free.pending(), book));
    }
    Held held = found.get();
    TransferStatus refused = refusal(held, now);
    if (refused != TransferStatus.OK) {
      return TransferResult.failed(refused);
    }
    Amount amount = held.done().amount();
    book.put(new TransferRecord(free, now, amount, Phase.NONE));
    settle(held, Phase.VOIDED, Amount.ZERO, book, now);
    return TransferResult.done(amount);
  }

  private static TransferStatus missing(TransferId id, Book book) {
    return book.transfer(id).isPresent()
        ? TransferStatus.PENDING_NOT_PENDING
        : TransferStatus.PENDING_UNKNOWN;
  }

  /** Whether it was settled; whether its time is over, though nobody took notice yet. */
  private static TransferStatus refusal(Held held, long now) {
    TransferStatus settled = settled(held.done().phase());
    if (settled != TransferStatus.OK) {
      return settled;
    }
    return held.done().expiry() <= now ? TransferStatus.PENDING_EXPIRED : TransferStatus.OK;
  }

  /** Releases what a transfer holds, if it still does. */
  static void expire(TransferId id, Book book, long now) {
    held(id, book)
        .filter(held -> held.done().phase() == Phase.PENDING)
        .ifPresent(held -> settle(held, Phase.EXPIRED, Amount.ZERO, book, now));
  }

  private static void settle(Held held, Phase phase, Amount moved, Book book, long now) {
    TransferRecord done = held.done();
    book.put(done.with(phase));
    book.move(held.movement(), new Balance.Change(Amount.ZERO, done.amount(), moved), now);
  }
}
