package io.metanode.economy.billing;

import io.metanode.foundation.Bytes32;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The live meter of one tenant: takes usage in the log's order and cuts settlements. Usage that
 * comes after its hour was settled is in the next settlement, at the prices of its own hour. It
 * keeps what a container used in an hour, not the receipts that said so: whoever calls sees to it
 * that none comes twice. Not safe for use by many threads.
 */
public final class Meter {

  private final String tenant;
  private final PriceBook prices;
  private final SortedMap<Slot, Tally> open = new TreeMap<>();
  private Bytes32 previous;
  private Charge carried;

  /** A line in the making: a container's usage in an hour. */
  private record Slot(MeterKey key, long hour) implements Comparable<Slot> {

    private static final Comparator<Slot> ORDER =
        Comparator.comparing(Slot::key).thenComparingLong(Slot::hour);

    @Override
    public int compareTo(Slot other) {
      return ORDER.compare(this, other);
    }
  }

  /** What became of a record. */
  public enum Result {
    COUNTED,
    /** It is another tenant's. */
    NOT_OURS,
    /** No prices hold in its hour. */
    WITHOUT_PRICE
  }

  /** A meter for a tenant that was never billed. */
  public Meter(String tenant, PriceBook prices) {
    this(tenant, prices, Bytes32.ZERO, Charge.ZERO);
  }

  /**
   * A meter that goes on after a settlement.
   *
   * @param previous the settlement's digest
   * @param carried what it carried out
   */
  public Meter(String tenant, PriceBook prices, Bytes32 previous, Charge carried) {
    MeterKey.requireName(tenant);
    this.tenant = tenant;
    this.prices = prices;
    this.previous = previous;
    this.carried = carried;
  }

  public Result add(UsageRecord record) {
    if (!record.key().tenant().equals(tenant)) {
      return Result.NOT_OURS;
    }
    if (prices.inHour(record.hour()).isEmpty()) {
      return Result.WITHOUT_PRICE;
    }
    open.computeIfAbsent(new Slot(record.key(), record.hour()), _ -> new Tally()).add(record);
    return Result.COUNTED;
  }

  /** The settlement there would be if all that is open were settled now. */
  Settlement preview(long hour) {
    return new Settlement(tenant, hour, previous, lines(Long.MAX_VALUE), carried);
  }

  /** The hour in which the newest usage that is not settled ended; empty if all is settled. */
  OptionalLong newestOpenHour() {
    return open.keySet().stream().mapToLong(Slot::hour).max();
  }

  /** Whether an hour's settlement would have a line. */
  boolean hasDue(long hour) {
    return open.keySet().stream().anyMatch(slot -> slot.hour() <= hour);
  }

  /** The digest of the last settlement. */
  Bytes32 previous() {
    return previous;
  }

  /** What the last settlement carried. */
  Charge carried() {
    return carried;
  }

  /** What was carried and all that is not settled yet. */
  public Charge live() {
    return lines(Long.MAX_VALUE).stream().map(BillLine::charge).reduce(carried, Charge::plus);
  }

  /** Settles all that ended before the end of an hour. */
  public Settlement settle(long hour) {
    Settlement settlement = new Settlement(tenant, hour, previous, lines(hour), carried);
    open.keySet().removeIf(slot -> slot.hour() <= hour);
    previous = settlement.digest();
    carried = settlement.carriedOut();
    return settlement;
  }

  private List<BillLine> lines(long upTo) {
    return open.entrySet().stream()
        .filter(entry -> entry.getKey().hour() <= upTo)
        .map(entry -> line(entry.getKey(), entry.getValue()))
        .toList();
  }

  private BillLine line(Slot slot, Tally tally) {
    PriceList list =
        prices
            .inHour(slot.hour())
            .orElseThrow(() -> new IllegalStateException("no record is taken without a price"));
    return new BillLine(
        slot.key(),
        slot.hour(),
        list.version(),
        tally.usage(),
        tally.records(),
        tally.root(),
        list.rate(tally.usage()));
  }
}
