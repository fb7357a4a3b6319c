package io.metanode.node.duties;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.policy.Request;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink.Reservation;
import io.metanode.receipts.Step;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import io.metanode.receipts.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The receipts of claims, {@code poe.claim}: one for each, whatever is cut off. */
final class ClaimReceipts {

  static final String OPERATION = "poe.claim";

  private static final Actor ACTOR = Actor.system("claimer");

  private static final String PAID = "OK";

  private final ProviderSettings settings;

  ClaimReceipts(ProviderSettings settings) {
    this.settings = settings;
  }

  Instant now() {
    return settings.clock().now();
  }

  private static String name(long window) {
    return "window/" + Instant.ofEpochMilli(window);
  }

  private Decision decide(long window) {
    return settings
        .policy()
        .decide(new Request(ACTOR.toString(), OPERATION, Map.of("window", name(window))));
  }

  /** Whether the policy allows a claim; if not, that is receipted. */
  boolean isAllowed(long window) throws IOException {
    Decision decision = decide(window);
    if (!decision.allowed()) {
      append(window, of(decision), Sha256.of(new byte[0]), new Outcome.Denied(), now());
    }
    return decision.allowed();
  }

  /** A claim that was begun stays allowed, whatever another policy says since. */
  private Verdict verdict(long window) {
    Decision decision = decide(window);
    return decision.allowed() ? of(decision) : new Verdict(true, "observed", decision.policy());
  }

  private static Verdict of(Decision decision) {
    return new Verdict(decision.allowed(), decision.rule(), decision.policy());
  }

  /** Receipts what came of a claim, unless that was done before a crash. */
  void ended(ClaimFile.Claim claim, String result) throws IOException {
    Digest transaction = Digest.ofBytes(Sha256.of(claim.transaction()));
    boolean known =
        settings.receipts().since(claim.since()).stream()
            .anyMatch(
                step -> step.operation().equals(OPERATION) && step.arguments().equals(transaction));
    if (!known) {
      Outcome outcome = PAID.equals(result) ? new Outcome.Done() : new Outcome.Failed(result);
      append(
          claim.window(),
          verdict(claim.window()),
          Sha256.of(claim.transaction()),
          outcome,
          claim.since());
    }
  }

  private void append(
      long window, Verdict verdict, byte[] transaction, Outcome outcome, Instant since)
      throws IOException {
    Digest digest = Digest.ofBytes(transaction);
    Step step =
        new Step(
            ACTOR,
            OPERATION,
            List.of(new Subject(name(window), digest)),
            digest,
            verdict,
            outcome,
            since,
            now(),
            Usage.NONE);
    try (Reservation room = settings.receipts().reserve()) {
      room.append(step).awaitDurable();
    }
  }
}
