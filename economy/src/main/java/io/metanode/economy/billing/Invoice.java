package io.metanode.economy.billing;

import static io.metanode.economy.billing.CanonicalJson.items;
import static io.metanode.economy.billing.CanonicalJson.members;
import static io.metanode.economy.billing.CanonicalJson.text;

import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tenant's settlements of some hours, as a document.
 *
 * @param number the invoice's own, unique to whoever issues it
 * @param source the log whose receipts it is derived from
 * @param interim whether the last of its hours is still open
 * @param cuts one or more settlements, each following the one before
 */
public record Invoice(String number, Source source, boolean interim, List<Cut> cuts, Terms terms) {

  /** What its {@code type} says. */
  public static final String TYPE = "https://metanode.io/Invoice/v1";

  /**
   * What it is derived from.
   *
   * @param origin the log
   * @param size how many of the log's receipts, from the first
   */
  public record Source(String origin, long size, PriceBook prices) {

    Bytes32 digest() {
      return PriceBookJson.digest(prices);
    }
  }

  /**
   * @throws IllegalArgumentException if there is no settlement, or one does not follow
   */
  public Invoice {
    MeterKey.requireName(number);
    cuts = List.copyOf(cuts);
    if (cuts.isEmpty()) {
      throw new IllegalArgumentException("an invoice over nothing");
    }
    for (int i = 1; i < cuts.size(); i++) {
      Settlement before = cuts.get(i - 1).settlement();
      Settlement next = cuts.get(i).settlement();
      if (!next.tenant().equals(before.tenant())
          || next.hour() <= before.hour()
          || !next.previous().equals(before.digest())
          || !next.carriedIn().equals(before.carriedOut())) {
        throw new IllegalArgumentException(
            "the settlement of hour " + next.hour() + " does not follow that before");
      }
    }
  }

  public String tenant() {
    return cuts.getFirst().settlement().tenant();
  }

  /** What is owed in all, without tax. */
  public Amount net() {
    return cuts.stream().map(cut -> cut.settlement().amount()).reduce(Amount.ZERO, Amount::plus);
  }

  /** A line for each category. */
  List<Tax> tax() {
    Map<Category, Charge> charges = new EnumMap<>(Category.class);
    for (Cut cut : cuts) {
      for (BillLine line : cut.settlement().lines()) {
        PriceList prices = source.prices().version(line.version()).orElseThrow();
        for (Category category : Category.values()) {
          charges.merge(category, category.of(line, prices), Charge::plus);
        }
      }
    }
    return Tax.of(net(), charges, terms);
  }

  /** The document: canonical JSON. */
  public byte[] json() {
    List<Tax> tax = tax();
    Amount vat = tax.stream().map(Tax::vat).reduce(Amount.ZERO, Amount::plus);
    TreeMap<String, CanonicalJson> members = new TreeMap<>();
    terms.buyer().ifPresent(buyer -> members.put("buyer", buyer.json()));
    members.put("currency", text("NEX"));
    members.put("from", text(begin(cuts.getFirst().settlement().hour())));
    members.put("gross", text(net().plus(vat)));
    members.put("interim", text(interim));
    members.put("log", members("origin", text(source.origin()), "size", text(source.size())));
    members.put("net", text(net()));
    members.put("number", text(number));
    members.put("prices", text(source.digest()));
    members.put("reverseCharge", text(terms.reverseCharge()));
    terms.seller().ifPresent(seller -> members.put("seller", seller.json()));
    members.put("settlements", items(cuts, Invoice::settlement));
    members.put("tax", items(tax, Invoice::tax));
    members.put("tenant", text(tenant()));
    members.put("to", text(begin(cuts.getLast().settlement().hour() + 1)));
    members.put("type", text(TYPE));
    members.put("vat", text(vat));
    return new CanonicalJson.Members(members).bytes();
  }

  static Instant begin(long hour) {
    return Instant.ofEpochMilli(hour * Settlement.HOUR_MILLIS);
  }

  private static CanonicalJson tax(Tax tax) {
    return members(
        "basisPoints", text(tax.basisPoints()),
        "category", text(tax.category().text()),
        "net", text(tax.net()),
        "vat", text(tax.vat()));
  }

  static CanonicalJson settlement(Cut cut) {
    Settlement settlement = cut.settlement();
    return members(
        "amount", text(settlement.amount()),
        "at", text(cut.at()),
        "carriedIn", text(settlement.carriedIn()),
        "carriedOut", text(settlement.carriedOut()),
        "digest", text(settlement.digest()),
        "hour", text(begin(settlement.hour())),
        "lines", items(settlement.lines(), Invoice::line),
        "previous", text(settlement.previous()),
        "root", text(settlement.root()));
  }

  static CanonicalJson line(BillLine line) {
    return members(
        "app", text(line.key().app()),
        "charge", text(line.charge()),
        "container", text(line.key().container()),
        "hour", text(begin(line.hour())),
        "priceVersion", text(line.version()),
        "records", text(line.records()),
        "recordsRoot", text(line.recordsRoot()),
        "usage", usage(line.usage()));
  }

  private static CanonicalJson usage(Usage usage) {
    TreeMap<String, CanonicalJson> components = new TreeMap<>();
    for (Component component : Component.values()) {
      components.put(PriceBookJson.name(component), text(usage.of(component)));
    }
    return new CanonicalJson.Members(components);
  }
}
