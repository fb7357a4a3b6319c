package io.metanode.ledger.consensus;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The validator sets since the genesis, each from the height at which it took effect. */
public final class ValidatorHistory implements ValidatorSchedule {

  private final NavigableMap<Height, ValidatorSet> sets = new TreeMap<>();

  public ValidatorHistory(ValidatorSet genesis) {
    sets.put(Height.GENESIS, genesis);
  }

  /**
   * Records the change that the block at {@code ordered} orders.
   *
   * @throws IllegalArgumentException if a later change is known already
   */
  public synchronized void change(Height ordered, ValidatorSet set) {
    Height effective = new Height(ordered.value() + ACTIVATION_DELAY);
    if (sets.lastKey().compareTo(effective) >= 0) {
      throw new IllegalArgumentException(
          "set change for height " + effective + " after one for " + sets.lastKey());
    }
    sets.put(effective, set);
  }

  @Override
  public synchronized ValidatorSet at(Height height) {
    return sets.floorEntry(height).getValue();
  }

  /** The sets by the height from which they decide. */
  public synchronized NavigableMap<Height, ValidatorSet> sets() {
    return Collections.unmodifiableNavigableMap(new TreeMap<>(sets));
  }
}
