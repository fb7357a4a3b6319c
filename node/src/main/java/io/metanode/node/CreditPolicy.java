package io.metanode.node;

import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import io.metanode.policy.PolicyDocument;
import io.metanode.policy.Request;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * A policy that is also told what the tenant of a request owes, in NEX, as {@code owed}; only where
 * a rule looks at it. Where that cannot be known it is more than any limit.
 */
final class CreditPolicy implements Policy {

  private static final String OWED = "owed";
  private static final int DECIMALS = 9;

  private final PolicyDocument document;
  private final ToLongFunction<String> owed;

  /**
   * @param owed what a tenant used and did not pay, in minor units of NEX
   */
  CreditPolicy(PolicyDocument document, ToLongFunction<String> owed) {
    this.document = document;
    this.owed = owed;
  }

  @Override
  public Decision decide(Request request) {
    String tenant = request.attributes().get("tenant");
    if (tenant == null || !document.asksFor(OWED)) {
      return document.decide(request);
    }
    Map<String, String> attributes = new HashMap<>(request.attributes());
    BigDecimal amount = BigDecimal.valueOf(owed.applyAsLong(tenant), DECIMALS);
    attributes.put(OWED, amount.toPlainString());
    return document.decide(new Request(request.actor(), request.operation(), attributes));
  }
}
