package io.metanode.node;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import io.metanode.policy.Request;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The node's own operations: {@code node.start} and {@code node.stop}. */
final class NodeReceipts {

  private static final Actor NODE = Actor.system("node");

  private final ReceiptSink receipts;
  private final Policy policy;
  private final Clock clock;
  private final Digest configuration;

  /**
   * @param configuration what the node was configured with, the receipts' argument
   */
  NodeReceipts(ReceiptSink receipts, Policy policy, Clock clock, NodeConfig configuration) {
    this.receipts = receipts;
    this.policy = policy;
    this.clock = clock;
    this.configuration =
        Digest.ofBytes(Sha256.of(configuration.text().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Receipts that the node has begun to serve.
   *
   * @throws IOException if no receipt can be written; the node must then not serve
   */
  void started(Instant since) throws IOException {
    append("node.start", since);
  }

  /** Receipts that the node has stopped serving. */
  void stopped(Instant since) throws IOException {
    append("node.stop", since);
  }

  private void append(String operation, Instant since) throws IOException {
    Decision decision = policy.decide(new Request(NODE.toString(), operation, Map.of()));
    Step step =
        new Step(
            NODE,
            operation,
            List.of(new Subject("configuration", configuration)),
            configuration,
            new Verdict(decision.allowed(), decision.rule(), decision.policy()),
            decision.allowed() ? new Outcome.Done() : new Outcome.Denied(),
            since,
            clock.now(),
            Usage.NONE);
    try (Reservation room = receipts.reserve()) {
      room.append(step).awaitDurable();
    }
    if (!decision.allowed()) {
      throw new IOException(
          operation + " is denied by policy rule " + decision.rule() + ": " + decision.reason());
    }
  }
}
