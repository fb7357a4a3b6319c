package io.metanode.policy;

/** Decides requests. Implementations are pure and safe for use by many threads. */
@FunctionalInterface
public interface Policy {

  /** Never throws: a rule that cannot be evaluated denies. */
  Decision decide(Request request);
}
