package io.metanode.economy.billing;

import static io.metanode.economy.billing.CanonicalJson.items;
import static io.metanode.economy.billing.CanonicalJson.members;
import static io.metanode.economy.billing.CanonicalJson.text;

import io.metanode.economy.DocumentException;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
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
   */
  public record Position(long hour, long at, Bytes32 prices, long resume) {}

  public static byte[] write(
      String origin, Position position, SortedMap<String, TenantBills> tenants) {
    return members(
            "at", text(position.at()),
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
    List<Map.Entry<Bytes32, Amount>> unpaid =
        bills.unpaidSettlements().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    return members(
        "carried", text(bills.carried()),
        "previous", text(bills.previous()),
        "tenant", text(entry.getKey()),
        "unpaid",
            items(
                unpaid,
                one -> members("amount", text(one.getValue()), "digest", text(one.getKey()))));
  }

  public static TenantState read(byte[] json, PriceBook prices) throws DocumentException {
    Document document = Document.parse(json, TYPE);
    SortedMap<String, TenantBills> tenants = new TreeMap<>();
    for (Document tenant : document.items("tenants")) {
      Map<Bytes32, Amount> unpaid = new LinkedHashMap<>();
      for (Document one : tenant.items("unpaid")) {
        unpaid.put(one.hash("digest"), one.amount("amount"));
      }
      tenants.put(
          tenant.text("tenant"),
          new TenantBills(
              tenant.text("tenant"),
              prices,
              tenant.hash("previous"),
              tenant.charge("carried"),
              unpaid));
    }
    return new TenantState(
        document.text("origin"),
        new Position(
            document.number("hour"),
            document.number("at"),
            document.hash("prices"),
            document.number("resume")),
        tenants);
  }
}
