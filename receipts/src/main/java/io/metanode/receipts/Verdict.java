package io.metanode.receipts;

import io.metanode.foundation.Digest;

/**
 * What the policy said of the operation before it ran.
 *
 * @param allowed whether it may run
 * @param rule the name of the rule that decided
 * @param policy the digest of the policy document the rule stands in
 */
public record Verdict(boolean allowed, String rule, Digest policy) {}
