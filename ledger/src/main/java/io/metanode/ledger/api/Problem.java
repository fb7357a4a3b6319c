package io.metanode.ledger.api;

import io.metanode.ledger.mempool.Admission;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An error as a client sees it (RFC 9457). */
final class Problem extends Exception {

  private final int status;
  private final String title;
  private final Optional<Admission> admission;

  private Problem(int status, String title, String detail, Optional<Admission> admission) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.admission = admission;
  }

  static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail, Optional.empty());
  }

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail, Optional.empty());
  }

  static Problem wrongMethod(String detail) {
    return new Problem(405, "Method not allowed", detail, Optional.empty());
  }

  static Problem tooLarge(String detail) {
    return new Problem(413, "Content too large", detail, Optional.empty());
  }

  static Problem busy() {
    return new Problem(
        429, "Too many requests", "too many transactions wait here already", Optional.empty());
  }

  static Problem internal(String detail) {
    return new Problem(500, "Internal error", detail, Optional.empty());
  }

  static Problem stopped(String detail) {
    return new Problem(503, "Not available", detail, Optional.empty());
  }

  /** The mempool did not take a transaction. */
  static Problem refused(Admission admission) {
    int status =
        switch (admission) {
          case OVERLOADED -> 429;
          case POOL_FULL -> 503;
          case DUPLICATE, SEQUENCE_USED -> 409;
          default -> 422;
        };
    String detail = "the mempool answers " + admission;
    return new Problem(status, "Transaction refused", detail, Optional.of(admission));
  }

  int status() {
    return status;
  }

  /** Whether the same request may be welcome in a second. */
  boolean passes() {
    return status == 429 || status == 503;
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", String.valueOf(getMessage()));
    admission.ifPresent(
        refused ->
            json.put("admission", refused.name())
                .put("code", refused.code())
                .put("retry", refused.retry().name()));
    return json;
  }
}
