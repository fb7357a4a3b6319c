package io.metanode.economy.billing;

import io.metanode.economy.money.Amount;
import io.metanode.economy.poe.Usage;
import io.metanode.foundation.Bytes32;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A tenant's settlements, in the order of the log, and what is still open. */
public final class TenantBills {

  private final Meter meter;
  private final List<Cut> cuts = new ArrayList<>();
  private final Map<Bytes32, Amount> unpaid = new LinkedHashMap<>();

  public TenantBills(String tenant, PriceBook prices) {
    meter = new Meter(tenant, prices);
  }

  /** Goes on after a settlement, of which and of all before it only what is unpaid is known. */
  public TenantBills(
      String tenant,
      PriceBook prices,
      Bytes32 previous,
      Charge carried,
      Map<Bytes32, Amount> unpaid) {
    meter = new Meter(tenant, prices, previous, carried);
    this.unpaid.putAll(unpaid);
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
    unpaid.put(cut.settlement().digest(), cut.settlement().amount());
    return Optional.of(cut);
  }

  /** What a settlement asks for; empty if it is not there, or was paid. */
  public Optional<Amount> owed(Bytes32 settlement) {
    return Optional.ofNullable(unpaid.get(settlement));
  }

  /** Whether a settlement is there and not paid. */
  public boolean owes(Bytes32 settlement) {
    return unpaid.containsKey(settlement);
  }

  /** A settlement was paid; whether it was there and not paid before. */
  public boolean pay(Bytes32 settlement) {
    return unpaid.remove(settlement) != null;
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

  /** Keeps no settlement that was made; whether it is paid is known all the same. */
  public void forget() {
    cuts.clear();
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

  /** The settlements that are not paid. */
  public Map<Bytes32, Amount> unpaidSettlements() {
    return Map.copyOf(unpaid);
  }

  /** What is settled and not paid. */
  public Amount unpaid() {
    return unpaid.values().stream().reduce(Amount.ZERO, Amount::plus);
  }

  /** What is not settled yet. */
  public Charge live() {
    return meter.live();
  }

  /** What is settled and not paid, and what is not settled yet. */
  public Charge owed() {
    return live().plus(Charge.of(Usage.MILLIONTHS, unpaid()));
  }
}
