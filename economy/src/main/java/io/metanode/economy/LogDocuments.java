package io.metanode.economy;

import io.metanode.economy.billing.Cut;
import io.metanode.economy.billing.Difference;
import io.metanode.economy.billing.Invoice;
import io.metanode.economy.billing.InvoiceText;
import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.Statements;
import io.metanode.economy.billing.TenantBills;
import io.metanode.economy.billing.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bills of a log as documents: canonical JSON, the same for whoever derives them. */
public final class LogDocuments {

  private final String origin;
  private final long size;
  private final long closedHour;
  private final PriceBook prices;
  private final SortedMap<String, TenantBills> tenants;

  /**
   * @param size the number of receipts that were looked at
   * @param closedHour the last hour that was closed; -1 if none was
   */
  LogDocuments(
      String origin,
      long size,
      long closedHour,
      PriceBook prices,
      SortedMap<String, TenantBills> tenants) {
    this.origin = origin;
    this.size = size;
    this.closedHour = closedHour;
    this.prices = prices;
    this.tenants = tenants;
  }

  /** What is used and not settled yet; of one tenant, or of all. */
  public byte[] meter(Optional<String> tenant) {
    List<Cut> open =
        tenants.entrySet().stream()
            .filter(entry -> tenant.map(entry.getKey()::equals).orElse(true))
            .flatMap(entry -> entry.getValue().open(closedHour, size).stream())
            .toList();
    return Statements.meter(origin, size, open);
  }

  /** What was settled in a period, tenant by tenant; of one tenant, or of all. */
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

  /**
   * How much of an invoice's settlements, or of the invoices that they were issued in, is paid;
   * empty if none of its hours is settled.
   *
   * @throws DocumentException if it is no invoice
   */
  public Optional<BillAccount> account(byte[] json) throws DocumentException {
    InvoiceText text = InvoiceText.read(json);
    TenantBills bills = tenants.get(text.tenant());
    if (bills == null || text.to() <= text.from()) {
      return Optional.empty();
    }
    BillPeriod period = new BillPeriod(text.from(), text.to());
    List<Cut> cuts = bills.cuts().stream().filter(cut -> within(cut, period)).toList();
    return cuts.isEmpty() ? Optional.empty() : Optional.of(bills.account(cuts));
  }

  private Optional<Invoice> invoice(
      String tenant, BillPeriod period, boolean interim, Optional<String> number, Terms terms) {
    TenantBills bills = tenants.get(tenant);
    if (bills == null) {
      return Optional.empty();
    }
    List<Cut> cuts = new ArrayList<>(bills.cuts());
    Optional<Cut> open = interim ? bills.open(closedHour, size) : Optional.empty();
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
