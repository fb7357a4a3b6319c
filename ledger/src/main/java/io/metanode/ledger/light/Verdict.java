package io.metanode.ledger.light;

/** What came of checking something. */
public sealed interface Verdict<T> {

  /** It holds. */
  record Believed<T>(T value) implements Verdict<T> {}

  /** It does not. */
  record Refused<T>(HeaderFault fault) implements Verdict<T> {}
}
