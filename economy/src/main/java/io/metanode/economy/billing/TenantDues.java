package io.metanode.economy.billing;

import io.metanode.economy.InvoiceIssue;
import io.metanode.economy.IssueStatus;
import io.metanode.economy.PaymentFact;
import io.metanode.economy.PaymentOffer;
import io.metanode.economy.PaymentPlace;
import io.metanode.economy.PaymentStatus;
import io.metanode.economy.PaymentVerdict;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tenant's bills and what was paid of each. A settlement is a bill until an invoice is issued
 * over it; then the invoice is, and what names the settlement pays the invoice. What is paid beyond
 * a bill is the tenant's credit: it lowers what is owed in all, and pays no bill unasked.
 */
public final class TenantDues {

  /**
   * So many paid bills are remembered once {@link #forget} is called: more than a month of hours.
   */
  static final int REMEMBERED = 1024;

  private final String tenant;

  /** Settlements in the order of the log, and invoices. */
  private final Map<Bytes32, Due> dues = new LinkedHashMap<>();

  /** The invoices that settlements are in. */
  private final Map<Bytes32, Bytes32> invoices = new LinkedHashMap<>();

  /** The last place of each chain that was judged. */
  private final SortedMap<String, PaymentPlace> judged = new TreeMap<>();

  private Amount credit = Amount.ZERO;

  TenantDues(String tenant) {
    this.tenant = tenant;
  }

  /** Goes on from what is known of the bills. */
  TenantDues(String tenant, Known known) {
    this(tenant);
    dues.putAll(known.dues());
    invoices.putAll(known.invoices());
    known.judged().forEach(place -> judged.put(place.chain(), place));
    credit = known.credit();
  }

  /** All that is known. */
  record Known(
      Map<Bytes32, Due> dues,
      Map<Bytes32, Bytes32> invoices,
      List<PaymentPlace> judged,
      Amount credit) {}

  Known known() {
    return new Known(
        new LinkedHashMap<>(dues),
        new LinkedHashMap<>(invoices),
        List.copyOf(judged.values()),
        credit);
  }

  void settled(Settlement settlement) {
    dues.put(settlement.digest(), Due.of(settlement.amount()));
  }

  /** The bill that stands for a settlement, or an invoice. */
  private Bytes32 billFor(Bytes32 digest) {
    return invoices.getOrDefault(digest, digest);
  }

  /** What is to be paid for a bill, or for the invoice that a settlement is in. */
  Optional<Due> due(Bytes32 digest) {
    return Optional.ofNullable(dues.get(billFor(digest)));
  }

  /** The invoice that a settlement is in. */
  Optional<Bytes32> invoice(Bytes32 settlement) {
    return Optional.ofNullable(invoices.get(settlement));
  }

  /** The invoices that were issued. */
  List<Bytes32> invoices() {
    return invoices.values().stream().distinct().filter(dues::containsKey).toList();
  }

  /** What comes of a payment of one of the tenant's bills. */
  PaymentVerdict judge(PaymentOffer offer) {
    Due due = dues.get(billFor(offer.bill()));
    if (due == null) {
      return new PaymentVerdict(PaymentStatus.UNKNOWN_BILL, "", 0, 0);
    }
    long owed = due.owed().units();
    long most = offer.fromCredit() ? Math.min(owed, credit.units()) : owed;
    long amount = offer.amount().orElse(most);
    PaymentStatus status = status(offer, amount, owed);
    long left = status.counts() ? owed - Math.min(owed, amount) : owed;
    return new PaymentVerdict(status, tenant, amount, left);
  }

  private PaymentStatus status(PaymentOffer offer, long amount, long owed) {
    if (offer.place().map(this::wasJudged).orElse(false)) {
      return PaymentStatus.JUDGED_BEFORE;
    }
    if (offer.tenant().map(said -> !said.equals(tenant)).orElse(false)) {
      return PaymentStatus.WRONG_TENANT;
    }
    if (!offer.nex()) {
      return PaymentStatus.WRONG_TOKEN;
    }
    if (!offer.payees()) {
      return PaymentStatus.WRONG_PAYEE;
    }
    if (owed == 0) {
      return PaymentStatus.PAID_BEFORE;
    }
    if (offer.fromCredit() && credit.isZero()) {
      return PaymentStatus.NO_CREDIT;
    }
    if (amount == owed) {
      return PaymentStatus.PAID;
    }
    return amount < owed ? PaymentStatus.PARTIAL : PaymentStatus.OVERPAID;
  }

  private boolean wasJudged(PaymentPlace place) {
    PaymentPlace last = judged.get(place.chain());
    return last != null && !place.isAfter(last);
  }

  /** Does what a receipt says of a payment; whether it can be so. */
  boolean pay(PaymentFact fact) {
    if (fact.place().isPresent()) {
      if (wasJudged(fact.place().get())) {
        return false;
      }
      judged.put(fact.place().get().chain(), fact.place().get());
    }
    Bytes32 bill = billFor(fact.bill());
    Due due = dues.get(bill);
    if (due == null) {
      return false;
    }
    Amount offered = fact.amount().isPresent() ? new Amount(fact.amount().getAsLong()) : due.owed();
    Amount taken = offered.min(due.owed());
    return switch (fact.kind()) {
      case REFUSED -> true;
      case COUNTED -> {
        dues.put(bill, due.plus(taken));
        addCredit(offered.minus(taken));
        // Before amounts were receipted, a payment was of a bill that was owed.
        yield fact.amount().isPresent() || !taken.isZero() || due.asked().isZero();
      }
      case FROM_CREDIT -> {
        if (taken.compareTo(credit) > 0) {
          yield false;
        }
        dues.put(bill, due.plus(taken));
        credit = credit.minus(taken);
        yield true;
      }
    };
  }

  private void addCredit(Amount more) {
    long room = Long.MAX_VALUE - credit.units();
    credit = credit.plus(more.min(new Amount(room)));
  }

  /** The settlements from one to another, both included; empty if they are not there like that. */
  private List<Bytes32> range(Bytes32 first, Bytes32 last) {
    Set<Bytes32> issued = new HashSet<>(invoices.values());
    List<Bytes32> range = new ArrayList<>();
    for (Bytes32 digest : dues.keySet()) {
      if (!range.isEmpty() || digest.equals(first)) {
        if (!issued.contains(digest)) {
          range.add(digest);
        }
        if (digest.equals(last)) {
          return range;
        }
      }
    }
    return List.of();
  }

  /** What comes of issuing an invoice. */
  IssueStatus judge(InvoiceIssue issue) {
    if (dues.containsKey(issue.digest())) {
      return IssueStatus.ISSUED_BEFORE;
    }
    List<Bytes32> range = range(issue.first(), issue.last());
    if (range.isEmpty() || !issue.tenant().equals(tenant)) {
      return IssueStatus.UNKNOWN_SETTLEMENT;
    }
    if (range.stream().anyMatch(invoices::containsKey)) {
      return IssueStatus.INVOICED_BEFORE;
    }
    BigInteger net =
        range.stream()
            .map(one -> BigInteger.valueOf(due(one).orElseThrow().asked().units()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    return net.equals(BigInteger.valueOf(issue.net())) && issue.gross() >= issue.net()
        ? IssueStatus.ISSUED
        : IssueStatus.WRONG_AMOUNT;
  }

  /** Issues an invoice: what was paid of its settlements is paid of it. */
  IssueStatus issue(InvoiceIssue issue) {
    IssueStatus status = judge(issue);
    if (status == IssueStatus.ISSUED) {
      Amount paid = Amount.ZERO;
      for (Bytes32 settlement : range(issue.first(), issue.last())) {
        paid = paid.plus(due(settlement).orElseThrow().paid());
        invoices.put(settlement, issue.digest());
      }
      dues.put(issue.digest(), new Due(new Amount(issue.gross()), paid));
    }
    return status;
  }

  /** Forgets what was paid long ago; its digest is no bill's any more. */
  void forget() {
    long paid = dues.keySet().stream().filter(this::isPaid).count();
    Iterator<Bytes32> oldest = dues.keySet().iterator();
    while (paid > REMEMBERED && oldest.hasNext()) {
      Bytes32 digest = oldest.next();
      if (isPaid(digest)) {
        oldest.remove();
        paid--;
      }
    }
    invoices.keySet().removeIf(settlement -> !dues.containsKey(settlement));
  }

  private boolean isPaid(Bytes32 digest) {
    return due(digest).map(Due::isPaid).orElse(true);
  }

  boolean isAnything() {
    return !dues.isEmpty();
  }

  /** The bills that stand: settlements that are in no invoice, and invoices. */
  Map<Bytes32, Due> bills() {
    Map<Bytes32, Due> bills = new LinkedHashMap<>(dues);
    bills.keySet().removeAll(invoices.keySet());
    return bills;
  }

  Amount credit() {
    return credit;
  }

  /** What is to be paid of all bills that stand. */
  Amount unpaid() {
    return bills().values().stream().map(Due::owed).reduce(Amount.ZERO, Amount::plus);
  }
}
