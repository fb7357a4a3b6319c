package io.metanode.economy.accounts;

import io.metanode.economy.accounts.Movement.Balancing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ledger once more, without any of its code: it keeps the list of what was done and counts
 * every balance anew from the whole list. It says only whether a transfer is done, and how much it
 * moves.
 */
final class NaiveLedger {

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** What was done. {@code end} is null while it is pending, and then how much was moved. */
  private static final class Done {
    final Transfer asked;
    final BigInteger amount;
    final long expires;
    boolean pending;
    BigInteger moved;

    Done(Transfer asked, BigInteger amount, boolean pending, long expires) {
      this.asked = asked;
      this.amount = amount;
      this.pending = pending;
      this.expires = expires;
      this.moved = pending ? BigInteger.ZERO : amount;
    }
  }

  private final Map<AccountId, AccountTerms> accounts = new LinkedHashMap<>();
  private final List<AccountId> frozen = new ArrayList<>();
  private Map<TransferId, Done> done = new LinkedHashMap<>();

  void open(AccountTerms terms) {
    accounts.put(terms.id(), terms);
  }

  void freeze(AccountId id) {
    frozen.add(id);
  }

  void thaw(AccountId id) {
    frozen.remove(id);
  }

  /** Posted and pending debits, posted and pending credits. */
  BigInteger[] balance(AccountId id) {
    BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    for (Done one : done.values()) {
      Movement movement = movementOf(one.asked);
      if (movement == null) {
        continue;
      }
      BigInteger held = one.pending ? one.amount : BigInteger.ZERO;
      if (movement.debit().equals(id)) {
        sums[0] = sums[0].add(one.moved);
        sums[1] = sums[1].add(held);
      }
      if (movement.credit().equals(id)) {
        sums[2] = sums[2].add(one.moved);
        sums[3] = sums[3].add(held);
      }
    }
    return sums;
  }

  private static @Nullable Movement movementOf(Transfer transfer) {
    return transfer instanceof Transfer.Direct direct
        ? direct.movement()
        : transfer instanceof Transfer.Pending pending ? pending.movement() : null;
  }

  void expire(long now) {
    for (Done one : done.values()) {
      one.pending &= one.expires > now;
    }
  }

  /** Whether all are done; if one cannot be, none is. */
  boolean apply(List<Transfer> batch, long now) {
    Map<TransferId, Done> before = new LinkedHashMap<>();
    done.forEach((id, one) -> before.put(id, copy(one)));
    for (Transfer transfer : batch) {
      if (!apply(transfer, now)) {
        done = before;
        return false;
      }
    }
    return true;
  }

  private static Done copy(Done one) {
    Done copy = new Done(one.asked, one.amount, one.pending, one.expires);
    copy.moved = one.moved;
    return copy;
  }

  private boolean apply(Transfer transfer, long now) {
    if (done.containsKey(transfer.id())) {
      return false;
    }
    if (transfer instanceof Transfer.PostPending post) {
      return settle(post.pending(), post, post.amount().units(), now);
    }
    if (transfer instanceof Transfer.VoidPending free) {
      return settle(free.pending(), free, -1, now);
    }
    Movement movement = movementOf(transfer);
    AccountTerms debit = movement == null ? null : accounts.get(movement.debit());
    AccountTerms credit = movement == null ? null : accounts.get(movement.credit());
    if (movement == null
        || debit == null
        || credit == null
        || debit == credit
        || movement.amount().isZero()
        || debit.token() != credit.token()
        || debit.token() != movement.token()
        || frozen.contains(debit.id())
        || now < debit.lockedUntil()) {
      return false;
    }
    BigInteger[] from = balance(debit.id());
    BigInteger[] to = balance(credit.id());
    BigInteger amount = BigInteger.valueOf(movement.amount().units());
    if (movement.balancing() == Balancing.DEBIT) {
      amount = amount.min(from[2].subtract(from[0]).subtract(from[1]).max(BigInteger.ZERO));
    } else if (movement.balancing() == Balancing.CREDIT) {
      amount = amount.min(to[0].subtract(to[2]).subtract(to[3]).max(BigInteger.ZERO));
    }
    BigInteger debits = from[0].add(from[1]).add(amount);
    BigInteger credits = to[2].add(to[3]).add(amount);
    boolean tooFew =
        debit.flags().has(AccountFlags.DEBITS_WITHIN_CREDITS)
            && debits.compareTo(from[2].add(allowance(debit))) > 0;
    boolean tooMany =
        credit.flags().has(AccountFlags.CREDITS_WITHIN_DEBITS)
            && credits.compareTo(to[0].add(allowance(credit))) > 0;
    // A limit never refuses nothing.
    if ((tooFew || tooMany) && amount.signum() > 0) {
      return false;
    }
    boolean pending = transfer instanceof Transfer.Pending;
    int timeout = transfer instanceof Transfer.Pending p ? p.timeoutSeconds() : 0;
    long expires = timeout == 0 ? Long.MAX_VALUE : now + timeout * 1000L;
    done.put(transfer.id(), new Done(transfer, amount, pending, expires));
    return true;
  }

  private static BigInteger allowance(AccountTerms terms) {
    return BigInteger.valueOf(terms.allowance().units());
  }

  /** Posts so much, or voids if {@code units} is -1. */
  private boolean settle(TransferId id, Transfer by, long units, long now) {
    Done first = done.get(id);
    if (first == null || units == 0 || !first.pending || first.expires <= now) {
      return false;
    }
    BigInteger asked = BigInteger.valueOf(units);
    BigInteger moved = units < 0 ? BigInteger.ZERO : asked.equals(MAX) ? first.amount : asked;
    Movement movement = movementOf(first.asked);
    boolean stopped = movement != null && frozen.contains(movement.debit()) && units > 0;
    if (moved.compareTo(first.amount) > 0 || stopped) {
      return false;
    }
    first.pending = false;
    first.moved = moved;
    done.put(by.id(), new Done(by, moved, false, Long.MAX_VALUE));
    return true;
  }
}
