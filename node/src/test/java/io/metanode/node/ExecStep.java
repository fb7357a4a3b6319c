package io.metanode.node;

import io.metanode.foundation.Digest;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An operation that metered something. */
public final class ExecStep {

  private static final Digest DIGEST = Digest.ofBytes(new byte[32]);

  private ExecStep() {}

  public static Step of(Instant at, Usage usage) {
    return of(at, usage, Optional.empty());
  }

  public static Step of(Instant at, Usage usage, Optional<Account> account) {
    return new Step(
        new Actor("unix", "root", OptionalLong.of(0)),
        "container.exec",
        List.of(new Subject("container/1", DIGEST)),
        DIGEST,
        new Verdict(true, "default", DIGEST),
        new Outcome.Done(),
        at,
        at,
        usage,
        account);
  }
}
