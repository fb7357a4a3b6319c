package io.metanode.economy.billing;

import io.metanode.economy.billing.CanonicalJson.Items;
import io.metanode.economy.billing.CanonicalJson.Members;
import io.metanode.economy.billing.CanonicalJson.Text;
import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Component;
import io.metanode.economy.poe.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A tenant's settlements of some hours, as a document.
 *
 * @param number the invoice's own, unique to whoever issues it
 * @param settlements one or more, each following the one before
 */
public record Invoice(String number, List<Settlement> settlements) {

  /**
   * @throws IllegalArgumentException if there is no settlement, or one does not follow
   */
  public Invoice {
    MeterKey.requireName(number);
    settlements = List.copyOf(settlements);
    if (settlements.isEmpty()) {
      throw new IllegalArgumentException("an invoice over nothing");
    }
    for (int i = 1; i < settlements.size(); i++) {
      Settlement before = settlements.get(i - 1);
      Settlement next = settlements.get(i);
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
    return settlements.getFirst().tenant();
  }

  /** What is owed in all. */
  public Amount amount() {
    return settlements.stream().map(Settlement::amount).reduce(Amount.ZERO, Amount::plus);
  }

  /** The document: canonical JSON. */
  public byte[] json() {
    return members(
            "amount", text(amount()),
            "currency", text("NEX"),
            "from", text(begin(settlements.getFirst().hour())),
            "number", text(number),
            "settlements", items(settlements, Invoice::settlement),
            "tenant", text(tenant()),
            "to", text(begin(settlements.getLast().hour() + 1)),
            "type", text("https://metanode.io/Invoice/v1"))
        .bytes();
  }

  private static Instant begin(long hour) {
    return Instant.ofEpochMilli(hour * Settlement.HOUR_MILLIS);
  }

  private static CanonicalJson settlement(Settlement settlement) {
    return members(
        "amount", text(settlement.amount()),
        "carriedIn", text(settlement.carriedIn()),
        "carriedOut", text(settlement.carriedOut()),
        "digest", text(settlement.digest()),
        "hour", text(begin(settlement.hour())),
        "lines", items(settlement.lines(), Invoice::line),
        "previous", text(settlement.previous()),
        "root", text(settlement.root()));
  }

  private static CanonicalJson line(BillLine line) {
    return members(
        "app", text(line.key().app()),
        "charge", text(line.charge()),
        "container", text(line.key().container()),
        "priceVersion", text(line.version()),
        "records", text(line.records()),
        "recordsRoot", text(line.recordsRoot()),
        "usage", usage(line.usage()));
  }

  private static CanonicalJson usage(Usage usage) {
    TreeMap<String, CanonicalJson> components = new TreeMap<>();
    for (Component component : Component.values()) {
      components.put(component.name().toLowerCase(Locale.ROOT), text(usage.of(component)));
    }
    return new Members(components);
  }

  private static CanonicalJson text(Object value) {
    return new Text(value.toString());
  }

  private static <T> CanonicalJson items(List<T> values, Function<T, CanonicalJson> write) {
    return new Items(values.stream().map(write).toList());
  }

  private static CanonicalJson members(Object... namesAndValues) {
    TreeMap<String, CanonicalJson> members = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], (CanonicalJson) namesAndValues[i + 1]);
    }
    return new Members(members);
  }
}
