package io.metanode.receipts;

import io.metanode.foundation.Digest;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Steps for tests: one plain, and any that a generator can think of. */
public final class Steps {

  public static final Digest DIGEST = Digest.ofBytes(new byte[32]);

  private Steps() {}

  public static Step plain(int number) {
    return new Step(
        new Actor("unix", "root", OptionalLong.of(0)),
        "container.exec",
        List.of(new Subject("container/" + number, DIGEST)),
        DIGEST,
        new Verdict(true, "default", DIGEST),
        new Outcome.Exited(0, false),
        VirtualClock.START,
        VirtualClock.START.plusNanos(number),
        new Usage(1, 2, 3, 4, 1_000_000));
  }

  public static Step any(Gen gen) {
    return new Step(
        new Actor(
            gen.pick("unix", "tls", "system"),
            gen.text(0, 40),
            gen.bool() ? OptionalLong.of(gen.between(0, 70_000)) : OptionalLong.empty()),
        gen.name(1, 12) + "." + gen.name(1, 12),
        gen.list(0, 4, g -> new Subject(g.text(1, 60), digest(g))),
        digest(gen),
        new Verdict(gen.bool(), gen.text(0, 20), digest(gen)),
        outcome(gen),
        instant(gen),
        instant(gen),
        new Usage(count(gen), count(gen), count(gen), count(gen), count(gen)),
        gen.bool()
            ? Optional.empty()
            : Optional.of(new Account(gen.name(1, 128), gen.pick("-", "shop", "a/b:c@d-e_f"))));
  }

  private static Digest digest(Gen gen) {
    return Digest.ofBytes(gen.bytes(32));
  }

  private static long count(Gen gen) {
    return gen.between(0, gen.pick(0L, 1L, 1L << 40, Long.MAX_VALUE - 1));
  }

  private static Instant instant(Gen gen) {
    return VirtualClock.START.plusNanos(gen.between(0, 1L << 60));
  }

  private static Outcome outcome(Gen gen) {
    return switch (gen.intBetween(0, 3)) {
      case 0 -> new Outcome.Done();
      case 1 -> new Outcome.Denied();
      case 2 -> new Outcome.Exited(gen.intBetween(0, 255), gen.bool());
      default -> new Outcome.Failed(gen.text(0, 200));
    };
  }
}
