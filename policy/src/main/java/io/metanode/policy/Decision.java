package io.metanode.policy;

import io.metanode.foundation.Digest;
import java.time.Duration;

/**
 * The policy's answer, kept in the receipt.
 *
 * @param effect whether the operation may run
 * @param rule the name of the rule that decided; {@code default} where none matched
 * @param policy the digest of the policy document the rule stands in
 * @param reason words for the person who was refused; empty when allowed
 * @param delay how long the operation waits before it begins; zero unless it is slowed down
 */
public record Decision(Effect effect, String rule, Digest policy, String reason, Duration delay) {

  /** A decision that slows nothing down. */
  public Decision(Effect effect, String rule, Digest policy, String reason) {
    this(effect, rule, policy, reason, Duration.ZERO);
  }

  /** What a decision may be. */
  public enum Effect {
    ALLOW,
    /** Allowed after a delay. */
    THROTTLE,
    DENY
  }

  public boolean allowed() {
    return effect != Effect.DENY;
  }
}
