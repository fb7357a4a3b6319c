package io.metanode.ledger.state;

import io.metanode.crypto.Ed25519Acceptance;
import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.ledger.state.Operation.AddValidator;
import io.metanode.ledger.state.Operation.RemoveValidator;
import io.metanode.ledger.transaction.AccountId;
import java.util.Optional;

/**
 * Changes of the validators. A block at height h is decided before the one after it is applied, and
 * that one's header names the validators of h + 2: a change takes effect at h + 2 at the soonest.
 */
final class ValidatorChanges {

  private static final int DELAY = 2;

  private ValidatorChanges() {}

  static Status apply(
      AccountId sender, AddValidator add, long height, WorkingState state, PossessionCheck check) {
    Optional<Status> refused = refusal(sender, add.from(), height, state);
    if (refused.isPresent()) {
      return refused.get();
    }
    ValidatorPlan plan = plan(state);
    ValidatorRoster last = plan.last().roster();
    if (last.member(add.keys().key()).isPresent() || last.hasSealKeyOf(add.keys())) {
      return Status.VALIDATOR_KNOWN;
    }
    if (last.members().size() == ValidatorRoster.MAX) {
      return Status.VALIDATORS_FULL;
    }
    if (!usable(add.keys().key().bytes()) || !check.holds(add.keys(), add.possession())) {
      return Status.VALIDATOR_KEY_INVALID;
    }
    if (Bonds.isSlashed(add.keys().key(), state)) {
      return Status.VALIDATOR_SLASHED;
    }
    state.put(StateKey.VALIDATORS, plan.with(add.from(), last.plus(add.keys())));
    return Status.OK;
  }

  static Status apply(AccountId sender, RemoveValidator remove, long height, WorkingState state) {
    Optional<Status> refused = refusal(sender, remove.from(), height, state);
    if (refused.isPresent()) {
      return refused.get();
    }
    ValidatorPlan plan = plan(state);
    ValidatorRoster last = plan.last().roster();
    if (last.member(remove.key()).isEmpty()) {
      return Status.VALIDATOR_UNKNOWN;
    }
    if (last.members().size() == 1) {
      return Status.VALIDATOR_LAST;
    }
    state.put(StateKey.VALIDATORS, plan.with(remove.from(), last.minus(remove.key())));
    Bonds.left(remove.key(), remove.from(), state);
    return Status.OK;
  }

  private static Optional<Status> refusal(
      AccountId sender, long from, long height, WorkingState state) {
    boolean governs =
        state
            .value(StateKey.GOVERNOR, Governor.class)
            .filter(governor -> governor.account().equals(sender))
            .isPresent();
    if (!governs) {
      return Optional.of(Status.NOT_GOVERNOR);
    }
    if (from - DELAY < height) {
      return Optional.of(Status.HEIGHT_TOO_SOON);
    }
    ValidatorPlan plan = plan(state);
    if (from < plan.last().from()) {
      return Optional.of(Status.HEIGHT_BEFORE_PLANNED);
    }
    boolean full = plan.terms().size() >= ValidatorPlan.MAX_PLANNED && from != plan.last().from();
    return full ? Optional.of(Status.PLAN_FULL) : Optional.empty();
  }

  private static ValidatorPlan plan(WorkingState state) {
    return state
        .value(StateKey.VALIDATORS, ValidatorPlan.class)
        .orElseThrow(() -> new IllegalStateException("the state names no validators"));
  }

  private static boolean usable(byte[] key) {
    return Ed25519Acceptance.acceptsKey(key) && Ed25519PublicKey.ofBytes(key).isPresent();
  }
}
