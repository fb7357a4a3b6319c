package io.metanode.cli.quickstart;

import io.metanode.cli.NodeHome;
import io.metanode.cli.ValidatorFacts;
import io.metanode.cli.Waiting;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerHome;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/** Looks for the anchor of a log on the ledger of a node. */
final class Anchors {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Anchors() {}

  /**
   * A checkpoint that is final.
   *
   * @param height of the block that holds it
   */
  record Found(long size, String root, long height) {}

  /** Waits until so many receipts of the log are anchored; empty if that takes too long. */
  static Optional<Found> await(NodeHome home, String origin, long size) {
    LedgerHome ledger = new LedgerHome(home.ledgerDirectory());
    AtomicReference<Optional<Found>> found = new AtomicReference<>(Optional.empty());
    boolean there =
        Waiting.until(
            () -> {
              found.set(look(ledger, origin));
              return found.get().map(anchor -> anchor.size() >= size).orElse(false);
            },
            PATIENCE,
            "waiting for the anchor");
    return there ? found.get() : Optional.empty();
  }

  private static Optional<Found> look(LedgerHome ledger, String origin) {
    try {
      Optional<ValidatorFacts> facts = ValidatorFacts.read(ledger.status());
      if (facts.isEmpty()) {
        return Optional.empty();
      }
      try (LedgerClient client = new LedgerClient(URI.create(facts.get().api()))) {
        JsonNode json =
            client.get("/v1/anchors?origin=" + URLEncoder.encode(origin, StandardCharsets.UTF_8));
        return Optional.of(
            new Found(
                json.required("size").asLong(),
                json.required("root").asString(),
                json.required("height").asLong()));
      }
    } catch (IOException e) {
      return Optional.empty(); // Not anchored yet, or not up yet: asked again.
    }
  }
}
