package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;

/** Checks that nothing was made or destroyed: the accounts hold the supply, to the last unit. */
public final class SupplyAudit {

  private Amounts held = Amounts.ZERO;

  private SupplyAudit() {}

  /**
   * What all accounts hold together.
   *
   * @throws IllegalStateException if that is not the supply the state names
   */
  public static Amounts check(StateTree state) {
    SupplyAudit audit = new SupplyAudit();
    state.forEach((_, value) -> audit.count(value));
    Amounts supply =
        state
            .get(StateKey.SUPPLY)
            .map(value -> StoredValue.read(value, Supply.class).amounts())
            .orElseThrow(() -> new IllegalStateException("the state names no supply"));
    if (!audit.held.equals(supply)) {
      throw new IllegalStateException("accounts hold " + audit.held + " of a supply of " + supply);
    }
    return supply;
  }

  private void count(Bytes value) {
    if (value.at(0) == Account.TAG) {
      held = held.plus(StoredValue.read(value, Account.class).amounts());
    }
  }
}
