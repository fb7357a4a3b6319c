package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;

/** Decides whether whoever registers a validator holds the secret of its BLS key. Deterministic. */
@FunctionalInterface
public interface PossessionCheck {

  /**
   * @param possession 96 bytes
   */
  boolean holds(ValidatorKeys keys, Bytes possession);
}
