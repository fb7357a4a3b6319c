package io.metanode.ledger.state;

import io.metanode.foundation.Bytes32;
import io.metanode.ledger.state.Operation.BondStake;
import io.metanode.ledger.state.Operation.ReleaseBond;
import io.metanode.ledger.transaction.AccountId;
import java.util.Optional;

/**
 * Stake behind validators. It lies in a reserved account until its owner takes it back, {@value
 * #WINDOW} heights after the validator left at the soonest, or until evidence convicts the
 * validator: then all of it goes to another reserved account, the validator is out from the second
 * height after the block with the evidence (unless it is the last one), and its key cannot come
 * back.
 */
final class Bonds {

  /** For so many heights after a validator left, evidence can still reach its bond. */
  static final long WINDOW = 10_000;

  private static final int DELAY = 2;

  private Bonds() {}

  static Status apply(AccountId sender, BondStake operation, WorkingState state) {
    if (operation.amount() == 0) {
      return Status.AMOUNT_ZERO;
    }
    if (state.account(sender).amounts().gen() < operation.amount()) {
      return Status.BALANCE_TOO_LOW;
    }
    Optional<Bond> known = bond(operation.key(), state);
    if (known.isPresent() && known.get().slashed()) {
      return Status.VALIDATOR_SLASHED;
    }
    if (known.isPresent() && !known.get().owner().equals(sender)) {
      return Status.BOND_NOT_OWNER;
    }
    Bond bond = known.orElse(new Bond(sender, 0, 0, false));
    state.put(StateKey.bond(operation.key()), bond.plus(operation.amount()));
    Transfers.move(sender, AssetMachine.BONDS, Asset.GEN, operation.amount(), state);
    return Status.OK;
  }

  static Status apply(AccountId sender, ReleaseBond operation, long height, WorkingState state) {
    Optional<Bond> known = bond(operation.key(), state);
    if (known.isEmpty() || known.get().amount() == 0) {
      return Status.BOND_UNKNOWN;
    }
    if (!known.get().owner().equals(sender)) {
      return Status.BOND_NOT_OWNER;
    }
    boolean decides =
        plan(state).terms().stream()
            .anyMatch(term -> term.roster().member(operation.key()).isPresent());
    if (decides || height < known.get().freeFrom()) {
      return Status.BOND_IN_USE;
    }
    state.put(StateKey.bond(operation.key()), known.get().emptied());
    Transfers.move(AssetMachine.BONDS, sender, Asset.GEN, known.get().amount(), state);
    return Status.OK;
  }

  /** A validator leaves: its bond stays for a while. */
  static void left(Bytes32 key, long from, WorkingState state) {
    bond(key, state).ifPresent(bond -> state.put(StateKey.bond(key), bond.freeFrom(from + WINDOW)));
  }

  static boolean isSlashed(Bytes32 key, WorkingState state) {
    return bond(key, state).map(Bond::slashed).orElse(false);
  }

  /** Whether there is anything to take from whom evidence names. */
  static boolean isReachable(Bytes32 key, WorkingState state) {
    Optional<Bond> bond = bond(key, state);
    boolean decides = plan(state).last().roster().member(key).isPresent();
    return bond.map(b -> !b.slashed() && (decides || b.amount() > 0)).orElse(decides);
  }

  /** The evidence of the block at {@code height} convicts the validator with this key. */
  static void slash(Bytes32 key, long height, WorkingState state) {
    if (!isReachable(key, state)) {
      return;
    }
    Bond bond = bond(key, state).orElse(new Bond(new AccountId(key), 0, 0, false));
    state.put(StateKey.bond(key), bond.convicted());
    if (bond.amount() > 0) {
      Transfers.move(AssetMachine.BONDS, AssetMachine.SLASHED, Asset.GEN, bond.amount(), state);
    }
    state.put(StateKey.VALIDATORS, plan(state).without(key, height + DELAY));
  }

  private static Optional<Bond> bond(Bytes32 key, WorkingState state) {
    return state.value(StateKey.bond(key), Bond.class);
  }

  private static ValidatorPlan plan(WorkingState state) {
    return state
        .value(StateKey.VALIDATORS, ValidatorPlan.class)
        .orElseThrow(() -> new IllegalStateException("the state names no validators"));
  }
}
