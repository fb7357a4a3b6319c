package io.metanode.cli.ledger;

import io.metanode.cli.CommandException;
import io.metanode.cli.ScratchFolder;
import io.metanode.cli.Waiting;
import io.metanode.foundation.Clock;
import io.metanode.ledger.LedgerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a validator that was away comes back, and how long one takes to start. */
final class LedgerLag {

  private static final Duration PATIENCE = Duration.ofMinutes(9);

  private final Localnet net;
  private final Clock clock;
  private final int number;

  /**
   * @param number of the validator that is away
   */
  LedgerLag(Localnet net, int number, Clock clock) {
    this.net = net;
    this.number = number;
    this.clock = clock;
  }

  static JsonNode status(URI url) {
    try (LedgerClient client = new LedgerClient(url)) {
      return client.get("/v1/status");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the validator that is behind, and writes how fast it caught up. */
  void catchUp(ObjectNode json, long behind) throws IOException {
    long target = status(net.url(0)).required("height").asLong();
    long begun = clock.monotonicNanos();
    net.start(number);
    URI late = net.url(number);
    long serving = clock.monotonicNanos();
    long from = status(late).required("height").asLong();
    boolean there =
        Waiting.until(
            () -> status(late).required("height").asLong() >= target, PATIENCE, "catching up");
    long ended = clock.monotonicNanos();
    if (!there) {
      throw new CommandException("the validator did not catch up in " + PATIENCE);
    }
    json.putObject("catchUp")
        .put("transactions", behind)
        .put("blocks", target - from)
        .put("startMillis", (serving - begun) / 1_000_000)
        .put("millis", (ended - serving) / 1_000_000)
        .put("transactionsPerSecond", Math.round(behind * 1e9 / (ended - serving)));
  }

  /**
   * Stops the validator and writes how long it takes to serve again, with and without its index.
   */
  void coldStart(ObjectNode json) throws IOException {
    net.stop(number);
    long with = startMillis();
    net.stop(number);
    ScratchFolder.delete(net.homes().get(number).index());
    long without = startMillis();
    json.putObject("coldStart").put("withIndexMillis", with).put("withoutIndexMillis", without);
  }

  private long startMillis() throws IOException {
    long begun = clock.monotonicNanos();
    net.start(number);
    status(net.url(number));
    return (clock.monotonicNanos() - begun) / 1_000_000;
  }
}
