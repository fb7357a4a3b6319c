package io.metanode.cli.quickstart;

import io.metanode.cli.LogBlockFacts;
import io.metanode.cli.NodeHome;
import io.metanode.cli.Waiting;
import io.metanode.ledger.LogLedger;
import io.metanode.ledger.LogStanding;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Looks for the receipts of a node on the ledger where they become final. */
final class FinalReceipts {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private FinalReceipts() {}

  /** Waits until so many receipts of the log are final; empty if that takes too long. */
  static Optional<LogStanding> await(NodeHome home, String origin, long size) {
    AtomicReference<Optional<LogStanding>> found = new AtomicReference<>(Optional.empty());
    boolean there =
        Waiting.until(
            () -> {
              found.set(look(home, origin));
              return found.get().map(log -> log.size() >= size).orElse(false);
            },
            PATIENCE,
            "waiting for the LogBlock");
    return there ? found.get() : Optional.empty();
  }

  private static Optional<LogStanding> look(NodeHome home, String origin) {
    try {
      Optional<LogBlockFacts> facts = LogBlockFacts.of(home);
      if (facts.isEmpty()) {
        return Optional.empty();
      }
      try (LogLedger ledger = LogLedger.connect(URI.create(facts.get().api()))) {
        return ledger.standing(origin);
      }
    } catch (IOException e) {
      return Optional.empty(); // Not up yet: asked again.
    }
  }
}
