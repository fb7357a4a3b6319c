package io.metanode.ledger.consensus;

/**
 * Which validators decide a height. The answer for a height never changes once asked for: a change
 * that block h orders takes effect at h + {@value #ACTIVATION_DELAY}, so that deciding h + 1 needs
 * no execution of h.
 */
@FunctionalInterface
public interface ValidatorSchedule {

  /** How many heights after the block that orders it a change of the set takes effect. */
  int ACTIVATION_DELAY = 2;

  ValidatorSet at(Height height);
}
