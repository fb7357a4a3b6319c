package io.metanode.billing;

import io.metanode.foundation.Digest;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import io.metanode.testkit.Gen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Receipts of containers that use something. */
final class UsageSteps {

  static final Digest DIGEST = Digest.ofBytes(new byte[32]);
  static final List<String> TENANTS = List.of("acme", "zen/lab", "root");

  private UsageSteps() {}

  static Step used(Account account, String container, Usage usage, Instant at) {
    return new Step(
        new Actor("unix", "root", OptionalLong.of(0)),
        "container.exec",
        List.of(new Subject("container/" + container, DIGEST), new Subject("image/bb", DIGEST)),
        DIGEST,
        new Verdict(true, "default", DIGEST),
        new Outcome.Exited(0, false),
        at,
        at,
        usage,
        Optional.of(account));
  }

  static Step any(Gen gen, Instant at) {
    Account account = new Account(gen.pick(TENANTS), gen.pick("-", "shop"));
    String container = gen.pick("a1", "b2", "c3").repeat(32);
    Usage usage =
        new Usage(
            gen.between(0, 1L << gen.intBetween(0, 40)),
            gen.between(0, 1L << gen.intBetween(0, 40)),
            gen.between(0, 1_000),
            gen.between(0, 1L << 20),
            1_000_000);
    return gen.oneIn(10)
        ? new Step(
            Actor.system("node"),
            "node.start",
            List.of(new Subject("configuration", DIGEST)),
            DIGEST,
            new Verdict(true, "default", DIGEST),
            new Outcome.Done(),
            at,
            at,
            Usage.NONE)
        : used(account, container, usage, at);
  }
}
