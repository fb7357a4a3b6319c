package io.metanode.policy;

import io.metanode.foundation.Digest;

/**
 * The policy's answer, kept in the receipt.
 *
 * @param effect whether the operation may run
 * @param rule the name of the rule that decided; {@code default} where none matched
 * @param policy the digest of the policy document the rule stands in
 * @param reason words for the person who was refused; empty when allowed
 */
public record Decision(Effect effect, String rule, Digest policy, String reason) {

  /** What a decision may be. */
  public enum Effect {
    ALLOW,
    DENY
  }

  public boolean allowed() {
    return effect == Effect.ALLOW;
  }
}
