package io.metanode.containers.operation;

import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.util.List;

/**
 * What an operation that took effect has to show.
 *
 * @param value what the caller gets
 * @param subjects what was acted on
 * @param outcome how it ended
 * @param usage usage metered since the container's previous receipt
 */
public record Done<T>(T value, List<Subject> subjects, Outcome outcome, Usage usage) {

  public Done {
    subjects = List.copyOf(subjects);
  }

  public static <T> Done<T> of(T value, Subject... subjects) {
    return new Done<>(value, List.of(subjects), new Outcome.Done(), Usage.NONE);
  }
}
