package io.metanode.economy.billing;

import io.metanode.economy.BillAccount;
import io.metanode.economy.InvoiceIssue;
import io.metanode.economy.IssueStatus;
import io.metanode.economy.PaymentFact;
import io.metanode.economy.PaymentOffer;
import io.metanode.economy.PaymentVerdict;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A tenant's settlements, in the order of the log, and what is still open. */
public final class TenantBills {

  private final Meter meter;
  private final List<Cut> cuts = new ArrayList<>();
  private final TenantDues dues;

  public TenantBills(String tenant, PriceBook prices) {
    meter = new Meter(tenant, prices);
    dues = new TenantDues(tenant);
  }

  /** Goes on after a settlement, of which and of all before it only what is due is known. */
  TenantBills(String tenant, PriceBook prices, Bytes32 previous, Charge carried, TenantDues dues) {
    meter = new Meter(tenant, prices, previous, carried);
    this.dues = dues;
  }

  /** Counts usage of a receipt that was not counted before. */
  public Meter.Result add(UsageRecord record) {
    return meter.add(record);
  }

  /**
   * Settles an hour that a receipt closed; empty if nothing was used.
   *
   * @param at the receipt's index
   */
  public Optional<Cut> close(long hour, long at) {
    if (!meter.hasDue(hour)) {
      return Optional.empty();
    }
    Cut cut = new Cut(meter.settle(hour), at);
    cuts.add(cut);
    dues.settled(cut.settlement());
    return Optional.of(cut);
  }

  /** What is to be paid for each bill, and what was. */
  public TenantDues dues() {
    return dues;
  }

  /** What comes of a payment of one of the tenant's bills. */
  public PaymentVerdict judge(PaymentOffer offer) {
    return dues.judge(offer);
  }

  /** Does what a receipt says of a payment; whether it can be so. */
  public boolean pay(PaymentFact fact) {
    return dues.pay(fact);
  }

  /** What comes of issuing an invoice. */
  public IssueStatus judge(InvoiceIssue issue) {
    return dues.judge(issue);
  }

  /** Issues an invoice, if that can be done. */
  public IssueStatus issue(InvoiceIssue issue) {
    return dues.issue(issue);
  }

  /** Whether a bill has that digest. */
  public boolean knows(Bytes32 bill) {
    return dues.due(bill).isPresent();
  }

  /** Whether there is a bill, paid or not. */
  public boolean hasBills() {
    return dues.isAnything();
  }

  /** How much of some settlements, or of the invoices that they are in, is paid. */
  public BillAccount account(List<Cut> of) {
    Set<Bytes32> bills = new LinkedHashSet<>();
    List<String> invoices = new ArrayList<>();
    for (Cut cut : of) {
      Bytes32 settlement = cut.settlement().digest();
      Bytes32 bill = dues.invoice(settlement).orElse(settlement);
      if (bills.add(bill) && !bill.equals(settlement)) {
        invoices.add(bill.toString());
      }
    }
    Amount asked = Amount.ZERO;
    Amount paid = Amount.ZERO;
    for (Bytes32 bill : bills) {
      Due due = dues.due(bill).orElse(Due.of(Amount.ZERO));
      asked = asked.plus(due.asked());
      paid = paid.plus(due.paid());
    }
    return new BillAccount(asked.units(), paid.units(), invoices);
  }

  /** The settlement there would be of what is open; empty if nothing is. */
  public Optional<Cut> open(long closedHour, long size) {
    OptionalLong newest = meter.newestOpenHour();
    return newest.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cut(meter.preview(Math.max(closedHour + 1, newest.getAsLong())), size));
  }

  public List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /** Keeps no settlement that was made; whether it is paid is known all the same, for long. */
  public void forget() {
    cuts.clear();
    dues.forget();
  }

  /** Whether an hour's settlement would have a line. */
  public boolean hasDue(long hour) {
    return meter.hasDue(hour);
  }

  /** The digest of the last settlement. */
  Bytes32 previous() {
    return meter.previous();
  }

  /** What the last settlement carried. */
  Charge carried() {
    return meter.carried();
  }

  /** What is not settled yet. */
  public Charge live() {
    return meter.live();
  }

  /** What is billed and not paid, and what is not settled yet, less what was paid too much. */
  public Charge owed() {
    BigInteger all =
        live()
            .plus(Charge.of(Usage.MILLIONTHS, dues.unpaid()))
            .millionths()
            .subtract(Charge.of(Usage.MILLIONTHS, dues.credit()).millionths());
    return new Charge(all.max(BigInteger.ZERO));
  }
}
