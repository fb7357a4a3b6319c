package io.metanode.cli;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** The operation that benches of receipts receipt: as long as an exec's. */
public final class SampleStep {

  private static final Digest DIGEST = Digest.ofBytes(Sha256.of());
  private static final Subject SUBJECT = new Subject("container/" + DIGEST.hex(), DIGEST);

  private SampleStep() {}

  /** One of a client's. */
  public static Step of(int client, Instant now) {
    return new Step(
        new Actor("unix", "client" + client, OptionalLong.of(client)),
        "container.exec",
        List.of(SUBJECT),
        DIGEST,
        new Verdict(true, "default", DIGEST),
        new Outcome.Exited(0, false),
        now,
        now,
        new Usage(12_345_678, 1_000_000, 0, 4_096, 1_000_000));
  }
}
