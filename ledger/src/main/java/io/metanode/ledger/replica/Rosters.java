package io.metanode.ledger.replica;

import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.ValidatorSchedule;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.state.LedgerState;
import io.metanode.ledger.state.StateMachine;
import io.metanode.ledger.state.ValidatorRoster;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Who decides which height, as the state plans it. After block h the validators of h + 1 and h + 2
 * are fixed, because a change that a block orders takes effect two heights later at the soonest.
 */
final class Rosters implements ValidatorSchedule {

  private record Known(ValidatorRoster roster, ValidatorSet set) {}

  private final StateMachine machine;
  private final NavigableMap<Long, Known> known = new TreeMap<>();

  Rosters(StateMachine machine) {
    this.machine = machine;
  }

  /** Learns what the ledger after its last block fixes. */
  void learn(LedgerState ledger) {
    long next = ledger.head().height() + 1;
    put(next, machine.roster(ledger.state(), next));
    put(next + 1, machine.roster(ledger.state(), next + 1));
  }

  private void put(long height, ValidatorRoster roster) {
    Map.Entry<Long, Known> before = known.floorEntry(height);
    if (before == null || !before.getValue().roster().equals(roster)) {
      known.put(height, new Known(roster, roster.set()));
    }
  }

  /** For heights before those known, the first that are. */
  @Override
  public ValidatorSet at(Height height) {
    Map.Entry<Long, Known> entry = known.floorEntry(height.value());
    return (entry == null ? known.firstEntry() : entry).getValue().set();
  }
}
