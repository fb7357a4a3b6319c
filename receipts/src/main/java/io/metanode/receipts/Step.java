package io.metanode.receipts;

import io.metanode.foundation.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One operation as the engine reports it; the log adds its place in the chain and the signature.
 *
 * @param actor who asked
 * @param operation the operation's name, {@code noun.verb}
 * @param subjects what it acted on; may be empty for operations on the node as a whole
 * @param arguments SHA-256 of the operation's arguments in canonical form
 * @param verdict what the policy said
 * @param outcome how it ended
 * @param startedAt when it was asked for
 * @param finishedAt when it ended
 * @param usage metered usage since the container's previous receipt
 * @param account who pays for that usage; empty where nobody does
 */
public record Step(
    Actor actor,
    String operation,
    List<Subject> subjects,
    Digest arguments,
    Verdict verdict,
    Outcome outcome,
    Instant startedAt,
    Instant finishedAt,
    Usage usage,
    Optional<Account> account) {

  public Step {
    subjects = List.copyOf(subjects);
  }

  /** A step that nobody pays for. */
  public Step(
      Actor actor,
      String operation,
      List<Subject> subjects,
      Digest arguments,
      Verdict verdict,
      Outcome outcome,
      Instant startedAt,
      Instant finishedAt,
      Usage usage) {
    this(
        actor,
        operation,
        subjects,
        arguments,
        verdict,
        outcome,
        startedAt,
        finishedAt,
        usage,
        Optional.empty());
  }
}
