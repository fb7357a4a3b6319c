package io.metanode.economy.billing;

import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The live meter of one tenant: takes usage as it comes, in any order, and cuts settlements. A
 * receipt counts once. Usage that comes after its hour was settled is in the next settlement, at
 * the prices of its own time. Not safe for use by many threads.
 */
public final class Meter {

  private static final Comparator<UsageRecord> BY_TIME =
      Comparator.comparingLong(UsageRecord::time).thenComparing(UsageRecord::receipt);

  private final String tenant;
  private final PriceBook prices;
  private final Set<Bytes32> seen = new HashSet<>();
  private final List<UsageRecord> open = new ArrayList<>();
  private Bytes32 previous;
  private Charge carried;

  /** A line in the making: a container's usage at one version of the prices. */
  private record Group(MeterKey key, int version) implements Comparable<Group> {

    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::key).thenComparingInt(Group::version);

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /** What became of a record. */
  public enum Result {
    COUNTED,
    /** Its receipt was counted before. */
    KNOWN,
    /** It is another tenant's. */
    NOT_OURS,
    /** No prices hold at its time. */
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
    Result first = countable(record);
    if (first != Result.COUNTED) {
      return first;
    }
    if (!seen.add(record.receipt())) {
      return Result.KNOWN;
    }
    open.add(record);
    return Result.COUNTED;
  }

  /**
   * As {@link #add} where whoever calls sees to it that no receipt comes twice: nothing is kept of
   * a receipt once it is settled.
   */
  Result addOnce(UsageRecord record) {
    Result result = countable(record);
    if (result == Result.COUNTED) {
      open.add(record);
    }
    return result;
  }

  private Result countable(UsageRecord record) {
    if (!record.key().tenant().equals(tenant)) {
      return Result.NOT_OURS;
    }
    return prices.at(record.time()).isEmpty() ? Result.WITHOUT_PRICE : Result.COUNTED;
  }

  /** The settlement there would be if all that is open were settled now. */
  Settlement preview(long hour) {
    return new Settlement(tenant, hour, previous, lines(open), carried);
  }

  /** The hour in which the newest usage that is not settled ended; empty if all is settled. */
  OptionalLong newestOpenHour() {
    return open.stream().mapToLong(r -> r.time() / Settlement.HOUR_MILLIS).max();
  }

  /** Whether an hour's settlement would have a line. */
  boolean hasDue(long hour) {
    long end = Math.multiplyExact(hour + 1, Settlement.HOUR_MILLIS);
    return open.stream().anyMatch(record -> record.time() < end);
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
    return lines(open).stream().map(BillLine::charge).reduce(carried, Charge::plus);
  }

  /** Settles all that ended before the end of an hour. */
  public Settlement settle(long hour) {
    long end = Math.multiplyExact(hour + 1, Settlement.HOUR_MILLIS);
    List<UsageRecord> due = open.stream().filter(record -> record.time() < end).toList();
    Settlement settlement = new Settlement(tenant, hour, previous, lines(due), carried);
    open.removeIf(record -> record.time() < end);
    previous = settlement.digest();
    carried = settlement.carriedOut();
    return settlement;
  }

  private List<BillLine> lines(List<UsageRecord> records) {
    Map<Group, List<UsageRecord>> groups = new TreeMap<>();
    for (UsageRecord record : records) {
      PriceList list = prices(record);
      groups
          .computeIfAbsent(new Group(record.key(), list.version()), _ -> new ArrayList<>())
          .add(record);
    }
    return groups.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList();
  }

  private PriceList prices(UsageRecord record) {
    return prices
        .at(record.time())
        .orElseThrow(() -> new IllegalStateException("no record is taken without a price"));
  }

  private BillLine line(Group group, List<UsageRecord> records) {
    records.sort(BY_TIME);
    Usage usage = records.stream().map(UsageRecord::usage).reduce(Usage.NONE, Usage::plus);
    return new BillLine(
        group.key(),
        group.version(),
        usage,
        records.size(),
        new MerkleLines(records.stream().map(UsageRecord::leaf).toList()).root(),
        prices(records.getFirst()).rate(usage));
  }
}
