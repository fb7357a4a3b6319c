package io.metanode.economy.billing;

import static io.metanode.economy.billing.CanonicalJson.items;
import static io.metanode.economy.billing.CanonicalJson.members;
import static io.metanode.economy.billing.CanonicalJson.text;

import io.metanode.economy.DocumentException;
import io.metanode.economy.PaymentPlace;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is kept of all tenants from one closed hour to the next, as JSON. */
public record TenantState(
    String origin, Position position, SortedMap<String, TenantBills> tenants) {

  private static final String TYPE = "https://metanode.io/BillState/v1";

  /**
   * Where bills stand in the log.
   *
   * @param hour the last closed one
   * @param at the index of the receipt that closed it
   * @param prices the digest of the price book it names
   * @param resume the index of the first receipt that is still to be looked at
   * @param counted what receipts before it say of payments and invoices is in it
   */
  public record Position(long hour, long at, Bytes32 prices, long resume, long counted) {}

  public static byte[] write(
      String origin, Position position, SortedMap<String, TenantBills> tenants) {
    return members(
            "at", text(position.at()),
            "counted", text(position.counted()),
            "hour", text(position.hour()),
            "origin", text(origin),
            "prices", text(position.prices()),
            "resume", text(position.resume()),
            "tenants", items(List.copyOf(tenants.entrySet()), TenantState::tenant),
            "type", text(TYPE))
        .bytes();
  }

  private static CanonicalJson tenant(Map.Entry<String, TenantBills> entry) {
    TenantBills bills = entry.getValue();
    TenantDues.Known known = bills.dues().known();
    return members(
        "bills", items(List.copyOf(known.dues().entrySet()), one -> bill(one, known)),
        "carried", text(bills.carried()),
        "credit", text(known.credit()),
        "judged", items(known.judged(), place -> members("place", text(place))),
        "previous", text(bills.previous()),
        "tenant", text(entry.getKey()));
  }

  private static CanonicalJson bill(Map.Entry<Bytes32, Due> bill, TenantDues.Known known) {
    TreeMap<String, CanonicalJson> members = new TreeMap<>();
    members.put("asked", text(bill.getValue().asked()));
    members.put("digest", text(bill.getKey()));
    members.put("paid", text(bill.getValue().paid()));
    Bytes32 invoice = known.invoices().get(bill.getKey());
    if (invoice != null) {
      members.put("invoice", text(invoice));
    }
    return new CanonicalJson.Members(members);
  }

  public static TenantState read(byte[] json, PriceBook prices) throws DocumentException {
    Document document = Document.parse(json, TYPE);
    SortedMap<String, TenantBills> tenants = new TreeMap<>();
    for (Document tenant : document.items("tenants")) {
      String name = tenant.text("tenant");
      tenants.put(
          name,
          new TenantBills(
              name,
              prices,
              tenant.hash("previous"),
              tenant.charge("carried"),
              new TenantDues(name, known(tenant))));
    }
    return new TenantState(
        document.text("origin"),
        new Position(
            document.number("hour"),
            document.number("at"),
            document.hash("prices"),
            document.number("resume"),
            document.has("counted") ? document.number("counted") : document.number("at") + 1),
        tenants);
  }

  private static TenantDues.Known known(Document tenant) throws DocumentException {
    Map<Bytes32, Due> dues = new LinkedHashMap<>();
    Map<Bytes32, Bytes32> invoices = new LinkedHashMap<>();
    if (tenant.has("unpaid")) { // as it was written before parts of bills could be paid
      for (Document one : tenant.items("unpaid")) {
        dues.put(one.hash("digest"), Due.of(one.amount("amount")));
      }
      return new TenantDues.Known(dues, invoices, List.of(), Amount.ZERO);
    }
    for (Document one : tenant.items("bills")) {
      Amount asked = one.amount("asked");
      Amount paid = one.amount("paid");
      if (paid.compareTo(asked) > 0) {
        throw one.wrong("paid", "is more than was asked");
      }
      dues.put(one.hash("digest"), new Due(asked, paid));
      if (one.has("invoice")) {
        invoices.put(one.hash("digest"), one.hash("invoice"));
      }
    }
    List<PaymentPlace> judged = new ArrayList<>();
    for (Document one : tenant.items("judged")) {
      judged.add(
          PaymentPlace.parse(one.text("place"))
              .orElseThrow(() -> one.wrong("place", "is no place on a ledger")));
    }
    return new TenantDues.Known(dues, invoices, judged, tenant.amount("credit"));
  }
}
