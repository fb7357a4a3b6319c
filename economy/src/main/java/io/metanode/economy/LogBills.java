package io.metanode.economy;

import io.metanode.economy.billing.Meter;
import io.metanode.economy.billing.MeterKey;
import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.Settlement;
import io.metanode.economy.billing.Statements;
import io.metanode.economy.billing.TenantBills;
import io.metanode.economy.billing.UsageRecord;
import io.metanode.economy.poe.Usage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bills of one log, derived from its receipts in the log's order and from the price book, and
 * from nothing else: whoever has both gets the same. Not safe for use by many threads.
 */
public final class LogBills {

  private final String origin;
  private final PriceBook prices;
  private final Prices book;
  private final SortedMap<String, TenantBills> tenants = new TreeMap<>();

  /** For each hour with usage that is not settled, the first receipt that has some. */
  private final SortedMap<Long, Long> open = new TreeMap<>();

  private long size;
  private Closed closed = Closed.NONE;

  /** What receipts before it say of payments and invoices was counted before. */
  private long counted;

  /** What became of a receipt that closes an hour. */
  public enum Closing {
    CLOSED,
    /** The hour was not over when the receipt was made. */
    NOT_OVER,
    /** That hour, or a later one, was closed before. */
    CLOSED_BEFORE,
    /** It names a price book that cannot have become this one. */
    OTHER_PRICES
  }

  public LogBills(String origin, Prices prices) {
    this.origin = origin;
    this.book = prices;
    this.prices = prices.book();
  }

  /** The number of receipts looked at. */
  public long size() {
    return size;
  }

  /** The last hour that was closed; -1 if none was. */
  public long closedHour() {
    return closed.hour();
  }

  /**
   * What to keep so that another can go on from the last closed hour without the receipts before
   * it; empty if no hour was closed.
   */
  public Optional<byte[]> state() {
    long resume = open.values().stream().mapToLong(Long::longValue).min().orElse(size);
    return closed.equals(Closed.NONE)
        ? Optional.empty()
        : Optional.of(
            new BillState(closed, resume, Math.max(size, counted), tenants).write(origin));
  }

  /**
   * Goes on from what {@link #state} kept; {@link #size} then says from which receipt on they are
   * to be given.
   *
   * @throws DocumentException if it is no such state, or of another log, or was kept under a price
   *     book that cannot have become this one
   */
  public static LogBills resume(String origin, Prices prices, byte[] state)
      throws DocumentException {
    LogBills bills = new LogBills(origin, prices);
    BillState read = BillState.read(state, origin, prices);
    bills.closed = read.closed();
    bills.size = read.resume();
    bills.counted = read.counted();
    bills.tenants.putAll(read.tenants());
    return bills;
  }

  /** All receipts before {@code index} were looked at; what was not added costs nothing. */
  public void reach(long index) {
    if (index < size) {
      throw new IllegalArgumentException("receipt " + index + " comes after " + size);
    }
    size = index;
  }

  /**
   * Counts the usage of a receipt; whether there was a price for it.
   *
   * @throws IllegalArgumentException if receipts come out of order, or a name is none
   */
  public boolean add(MeteredReceipt receipt) {
    reach(receipt.index());
    UsageRecord record =
        new UsageRecord(
            receipt.receipt(),
            new MeterKey(receipt.tenant(), receipt.app(), receipt.container()),
            receipt.time(),
            new Usage(
                receipt.cpuMs(),
                receipt.memoryMbS(),
                receipt.storageGbDay(),
                receipt.egressMb(),
                receipt.receiptsCount()));
    size++;
    if (closed.settles(receipt.index(), record.hour())) {
      return true;
    }
    open.putIfAbsent(record.hour(), receipt.index());
    return tenants
            .computeIfAbsent(receipt.tenant(), name -> new TenantBills(name, prices))
            .add(record)
        == Meter.Result.COUNTED;
  }

  /** Settles an hour for each tenant that used something. */
  public Closing close(HourClose close, List<SettledHour> settled) {
    reach(close.index());
    size++;
    if (close.hour() <= closed.hour()) {
      return Closing.CLOSED_BEFORE;
    }
    if (close.time() / Settlement.HOUR_MILLIS <= close.hour()) {
      return Closing.NOT_OVER;
    }
    if (!book.follows(close.prices(), close.hour())) {
      return Closing.OTHER_PRICES;
    }
    closed = new Closed(close);
    open.keySet().removeIf(hour -> hour <= close.hour());
    tenants.values().stream()
        .flatMap(tenant -> tenant.close(close.hour(), close.index()).stream())
        .map(Statements::settled)
        .forEach(settled::add);
    return Closing.CLOSED;
  }

  /** Keeps no settlement that was made: for who only wants what comes. */
  public void forget() {
    tenants.values().forEach(TenantBills::forget);
  }

  /** Does what a receipt says of a payment; whether it can be so. */
  public boolean pay(PaymentFact fact) {
    reach(fact.index());
    size++;
    TenantBills bills = tenants.get(fact.tenant());
    return fact.index() < counted || (bills != null && bills.pay(fact));
  }

  /** What comes of a payment; nothing is changed by asking. */
  public PaymentVerdict judge(PaymentOffer offer) {
    return tenants.values().stream()
        .filter(bills -> bills.knows(offer.bill()))
        .findFirst()
        .map(bills -> bills.judge(offer))
        .orElse(new PaymentVerdict(PaymentStatus.UNKNOWN_BILL, "", 0, 0));
  }

  /** A receipt says that an invoice was issued; whether it can be so. */
  public boolean issue(long index, InvoiceIssue issue) {
    reach(index);
    size++;
    TenantBills bills = tenants.get(issue.tenant());
    return index < counted || (bills != null && bills.issue(issue) == IssueStatus.ISSUED);
  }

  /** What comes of issuing an invoice; nothing is changed by asking. */
  public IssueStatus judge(InvoiceIssue issue) {
    TenantBills bills = tenants.get(issue.tenant());
    return bills == null ? IssueStatus.UNKNOWN_SETTLEMENT : bills.judge(issue);
  }

  /** Whether a memo can name a bill. */
  public boolean hasBills() {
    return tenants.values().stream().anyMatch(TenantBills::hasBills);
  }

  public SortedSet<String> tenants() {
    return new TreeSet<>(tenants.keySet());
  }

  /** Whether there is usage that ended before an hour's end and is not settled. */
  public boolean hasDue(long hour) {
    return tenants.values().stream().anyMatch(tenant -> tenant.hasDue(hour));
  }

  /**
   * What a tenant used and did not pay, settled or not, less its credit, in minor units of NEX,
   * rounded up; 2^63 − 1 if it is that or more.
   */
  public long owed(String tenant) {
    TenantBills bills = tenants.get(tenant);
    return bills == null ? 0 : Statements.roundedUp(bills.owed());
  }

  /** The bills as documents, as far as receipts were looked at. */
  public LogDocuments documents() {
    return new LogDocuments(origin, size, closed.hour(), prices, tenants);
  }
}
