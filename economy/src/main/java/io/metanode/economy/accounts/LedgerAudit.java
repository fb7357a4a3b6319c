package io.metanode.economy.accounts;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.accounts.TransferRecord.Phase;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a whole state against what the ledger promises, from its entries alone: for each token the
 * debits are the credits, posted and pending; every account stays within its limits; every balance
 * is what its transfers make it; whatever may expire is in the queue, and the queue is in order.
 */
public final class LedgerAudit {

  private final Map<Token, Balance> sums = new EnumMap<>(Token.class);
  private final Map<AccountId, Account> accounts = new TreeMap<>();
  private final Map<TransferId, TransferRecord> transfers = new TreeMap<>();
  private final Map<Long, Expiry> queue = new HashMap<>();
  private final Map<AccountId, Balance> derived = new HashMap<>();
  private final Map<AccountId, Long> kept = new HashMap<>();
  private final Map<AccountId, BalanceChange> latest = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private long queued;

  private LedgerAudit() {}

  /**
   * What an audit found.
   *
   * @param sums what all accounts of a token were debited and credited together
   * @param faults what is wrong, in words; empty if all is well
   */
  public record Report(Map<Token, Balance> sums, List<String> faults) {

    public boolean clean() {
      return faults.isEmpty();
    }
  }

  /** Audits a whole state. */
  public static Report of(EntrySource state) {
    LedgerAudit audit = new LedgerAudit();
    state.forEach(audit::read);
    audit.sums();
    audit.transfers.values().forEach(audit::derive);
    audit.accounts.values().forEach(audit::check);
    audit.queue();
    return new Report(audit.sums, audit.faults);
  }

  /** Audits accounts alone, where transfers are not kept. */
  public static Report ofAccounts(EntrySource state) {
    LedgerAudit audit = new LedgerAudit();
    state.forEach(
        entry -> {
          if (entry instanceof Account) {
            audit.read(entry);
          }
        });
    audit.sums();
    audit.accounts.values().forEach(audit::limits);
    return new Report(audit.sums, audit.faults);
  }

  private void read(Entry entry) {
    switch (entry) {
      case Account account -> accounts.put(account.id(), account);
      case TransferRecord done -> transfers.put(done.request().id(), done);
      case Expiry expiry -> queue.put(expiry.place(), expiry);
      case ExpiryCount count -> queued = count.count();
      case BalanceChange change -> {
        kept.merge(change.account(), 1L, Long::sum);
        latest.merge(change.account(), change, (a, b) -> a.number() > b.number() ? a : b);
      }
    }
  }

  private void sums() {
    for (Account account : accounts.values()) {
      sums.merge(account.token(), account.balance(), LedgerAudit::sum);
    }
    sums.forEach(
        (token, sum) -> {
          require(sum.debitsPosted().equals(sum.creditsPosted()), token + " posted: " + sum);
          require(sum.debitsPending().equals(sum.creditsPending()), token + " pending: " + sum);
        });
  }

  private static Balance sum(Balance one, Balance other) {
    return new Balance(
        one.debitsPending().plus(other.debitsPending()),
        one.debitsPosted().plus(other.debitsPosted()),
        one.creditsPending().plus(other.creditsPending()),
        one.creditsPosted().plus(other.creditsPosted()));
  }

  private void derive(TransferRecord done) {
    switch (done.request()) {
      case Transfer.Direct direct -> {
        asked(direct.movement(), done);
        move(direct.movement(), Balance.Change.moves(done.amount()));
      }
      case Transfer.Pending pending -> {
        asked(pending.movement(), done);
        if (done.phase() == Phase.PENDING) {
          move(pending.movement(), Balance.Change.holds(done.amount()));
        }
      }
      case Transfer.PostPending post -> settled(post.pending(), Phase.POSTED, done);
      case Transfer.VoidPending free -> settled(free.pending(), Phase.VOIDED, done);
    }
  }

  private void asked(Movement movement, TransferRecord done) {
    int difference = done.amount().compareTo(movement.amount());
    boolean fits = movement.balancing() == Balancing.NONE ? difference == 0 : difference <= 0;
    require(fits, done.request().id() + " moved another amount than was asked for");
  }

  private void settled(TransferId id, Phase phase, TransferRecord by) {
    TransferRecord first = transfers.get(id);
    if (first == null || !(first.request() instanceof Transfer.Pending pending)) {
      faults.add(by.request().id() + " settles nothing");
      return;
    }
    require(first.phase() == phase, id + " is " + first.phase() + ", not " + phase);
    require(by.amount().compareTo(first.amount()) <= 0, id + " held less than was settled");
    if (phase == Phase.POSTED) {
      move(pending.movement(), Balance.Change.moves(by.amount()));
    }
  }

  private void move(Movement movement, Balance.Change change) {
    derived.merge(movement.debit(), Balance.ZERO.debit(change), LedgerAudit::sum);
    derived.merge(movement.credit(), Balance.ZERO.credit(change), LedgerAudit::sum);
  }

  private void check(Account account) {
    Balance expected = derived.getOrDefault(account.id(), Balance.ZERO);
    require(
        expected.equals(account.balance()),
        account.id() + " has " + account.balance() + ", its transfers make " + expected);
    long changes = kept.getOrDefault(account.id(), 0L);
    require(
        changes == account.changes(),
        account.id() + " has " + changes + " changes kept, not " + account.changes());
    BalanceChange last = latest.get(account.id());
    require(
        last == null || last.balance().equals(account.balance()),
        account.id() + " has another balance than after its last change");
    limits(account);
  }

  private void limits(Account account) {
    Balance balance = account.balance();
    Amount allowance = account.terms().allowance();
    if (account.is(AccountFlags.DEBITS_WITHIN_CREDITS)) {
      boolean within = balance.debits().compareTo(balance.creditsPosted().plus(allowance)) <= 0;
      require(within, account.id() + " has debits above its credits: " + balance);
    }
    if (account.is(AccountFlags.CREDITS_WITHIN_DEBITS)) {
      boolean within = balance.credits().compareTo(balance.debitsPosted().plus(allowance)) <= 0;
      require(within, account.id() + " has credits above its debits: " + balance);
    }
    if (account.is(AccountFlags.CLOSED)) {
      boolean empty =
          !balance.hasPending() && balance.debitsPosted().equals(balance.creditsPosted());
      require(empty, account.id() + " is closed with " + balance);
    }
  }

  private void queue() {
    require(queue.size() == queued, queue.size() + " places of " + queued + " in the queue");
    Set<TransferId> waiting = new HashSet<>();
    queue.forEach(
        (place, expiry) -> {
          Expiry parent = queue.get(place / 2);
          require(
              place == 1 || (parent != null && parent.compareTo(expiry) <= 0),
              "place " + place + " is out of order");
          waiting.add(expiry.transfer());
        });
    transfers.forEach(
        (id, done) ->
            require(
                done.phase() != Phase.PENDING
                    || done.expiry() == Long.MAX_VALUE
                    || waiting.contains(id),
                id + " never expires"));
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }
}
