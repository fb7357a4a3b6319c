package io.metanode.economy;

import io.metanode.economy.billing.Cut;
import io.metanode.economy.billing.Difference;
import io.metanode.economy.billing.Invoice;
import io.metanode.economy.billing.InvoiceText;
import io.metanode.economy.billing.Meter;
import io.metanode.economy.billing.MeterKey;
import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.Settlement;
import io.metanode.economy.billing.Statements;
import io.metanode.economy.billing.TenantBills;
import io.metanode.economy.billing.Terms;
import io.metanode.economy.billing.UsageRecord;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import java.util.ArrayList;
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
  private final List<Use> open = new ArrayList<>();
  private long size;
  private Closed closed = Closed.NONE;

  /** Where usage stands that is not settled. */
  private record Use(long index, long time) {}

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
    long resume = open.isEmpty() ? size : Math.min(size, open.getFirst().index());
    return closed.equals(Closed.NONE)
        ? Optional.empty()
        : Optional.of(BillState.write(origin, closed, resume, tenants));
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
    if (closed.settles(receipt.index(), receipt.time())) {
      return true;
    }
    open.add(new Use(receipt.index(), receipt.time()));
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
    if (!book.follows(close.prices(), close.time())) {
      return Closing.OTHER_PRICES;
    }
    closed = new Closed(close);
    open.removeIf(use -> closed.settles(use.index(), use.time()));
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

  /** A receipt says that a tenant paid a settlement; whether it was owed. */
  public boolean pay(long index, String tenant, Bytes32 settlement) {
    reach(index);
    size++;
    TenantBills bills = tenants.get(tenant);
    return index < closed.at() || (bills != null && bills.pay(settlement));
  }

  /** Whether a tenant has not paid a settlement that was made. */
  public boolean owes(String tenant, Bytes32 settlement) {
    TenantBills bills = tenants.get(tenant);
    return bills != null && bills.owes(settlement);
  }

  public SortedSet<String> tenants() {
    return new TreeSet<>(tenants.keySet());
  }

  /** Whether there is usage that ended before an hour's end and is not settled. */
  public boolean hasDue(long hour) {
    return tenants.values().stream().anyMatch(tenant -> tenant.hasDue(hour));
  }

  /**
   * What a tenant used and did not pay, settled or not, in minor units of NEX, rounded up; 2^63 − 1
   * if it is that or more.
   */
  public long owed(String tenant) {
    TenantBills bills = tenants.get(tenant);
    return bills == null ? 0 : Statements.roundedUp(bills.owed());
  }

  /** What is used and not settled yet, as JSON; of one tenant, or of all. */
  public byte[] meter(Optional<String> tenant) {
    return Statements.meter(origin, size, open(tenant));
  }

  private List<Cut> open(Optional<String> tenant) {
    return tenants.entrySet().stream()
        .filter(entry -> tenant.map(entry.getKey()::equals).orElse(true))
        .flatMap(entry -> entry.getValue().open(closed.hour(), size).stream())
        .toList();
  }

  /** What was settled in a period, tenant by tenant, as JSON; of one tenant, or of all. */
  public byte[] statement(Optional<String> tenant, BillPeriod period) {
    SortedMap<String, TenantBills> chosen = new TreeMap<>(tenants);
    tenant.ifPresent(name -> chosen.keySet().retainAll(List.of(name)));
    return Statements.statement(origin, size, chosen, cut -> within(cut, period));
  }

  private static boolean within(Cut cut, BillPeriod period) {
    return period.contains(cut.settlement().hour());
  }

  /**
   * A tenant's invoice; empty if there is nothing to bill.
   *
   * @param number the invoice's own; if empty, it is made from what is billed
   * @param interim whether what is not settled yet is in it, too
   * @throws DocumentException if the terms cannot be read
   */
  public Optional<byte[]> invoice(
      String tenant,
      BillPeriod period,
      boolean interim,
      Optional<String> number,
      InvoiceTerms terms)
      throws DocumentException {
    return invoice(tenant, period, interim, number, terms.of(tenant)).map(Invoice::json);
  }

  private Optional<Invoice> invoice(
      String tenant, BillPeriod period, boolean interim, Optional<String> number, Terms terms) {
    TenantBills bills = tenants.get(tenant);
    if (bills == null) {
      return Optional.empty();
    }
    List<Cut> cuts = new ArrayList<>(bills.cuts());
    Optional<Cut> open = interim ? bills.open(closed.hour(), size) : Optional.empty();
    open.ifPresent(cuts::add);
    cuts.removeIf(cut -> !within(cut, period));
    if (cuts.isEmpty()) {
      return Optional.empty();
    }
    boolean includesOpen = open.isPresent() && cuts.contains(open.get());
    long upTo = includesOpen ? size : cuts.getLast().at() + 1;
    return Optional.of(
        new Invoice(
            number.orElseGet(() -> Statements.number(cuts)),
            new Invoice.Source(origin, upTo, prices),
            includesOpen,
            cuts,
            terms));
  }

  /**
   * Checks an invoice: derives it again and compares byte by byte. As many receipts must have been
   * looked at as {@link InvoiceFacts#size} says.
   *
   * @param number the one it must have; if empty, that made from what is billed
   * @param terms those it must state; if empty, they are taken from it
   */
  public BillVerdict check(byte[] json, Optional<String> number, Optional<InvoiceTerms> terms) {
    try {
      InvoiceText text = InvoiceText.read(json);
      Terms stated = terms.isPresent() ? terms.get().of(text.tenant()) : text.terms();
      if (text.to() <= text.from()) {
        return new BillVerdict.Malformed("/to: is not after /from");
      }
      BillPeriod period = new BillPeriod(text.from(), text.to());
      Optional<Invoice> derived = invoice(text.tenant(), period, text.interim(), number, stated);
      if (derived.isEmpty()) {
        return new BillVerdict.Differs(
            "/settlements", "nothing: no receipt bills that tenant and time", "settlements");
      }
      Optional<Difference> difference = text.difference(derived.get());
      return difference.isPresent()
          ? new BillVerdict.Differs(
              difference.get().where(), difference.get().expected(), difference.get().found())
          : new BillVerdict.Correct(terms.isEmpty() && text.hasTerms());
    } catch (DocumentException e) {
      return new BillVerdict.Malformed(String.valueOf(e.getMessage()));
    }
  }
}
