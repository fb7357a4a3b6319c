package io.metanode.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.policy.Decision;
import io.metanode.policy.PolicyDocument;
import io.metanode.policy.PolicyFormatException;
import io.metanode.policy.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreditPolicyTest {

  private static final String LIMIT =
      """
      version: 1
      default: allow
      rules:
        - name: credit
          effect: deny
          operations: [container.start]
          atLeast: {owed: 2.5}
      """;

  private final List<String> asked = new ArrayList<>();

  private Decision decide(String policy, long owed, Map<String, String> attributes)
      throws PolicyFormatException {
    CreditPolicy credit =
        new CreditPolicy(
            PolicyDocument.parse(policy),
            tenant -> {
              asked.add(tenant);
              return owed;
            });
    return credit.decide(new Request("unix:root", "container.start", attributes));
  }

  @Test
  void whoOwesTheLimitIsStopped() throws PolicyFormatException {
    Map<String, String> acme = Map.of("tenant", "acme");
    assertTrue(decide(LIMIT, 2_499_999_999L, acme).allowed());
    assertEquals("credit", decide(LIMIT, 2_500_000_000L, acme).rule());
    assertEquals("credit", decide(LIMIT, Long.MAX_VALUE, acme).rule());
    assertEquals(List.of("acme", "acme", "acme"), asked);
  }

  @Test
  void noOneCountsForARequestOfNobodyOrAPolicyThatDoesNotAsk() throws PolicyFormatException {
    assertTrue(decide(LIMIT, Long.MAX_VALUE, Map.of()).allowed());
    assertTrue(
        decide("version: 1\ndefault: allow\n", Long.MAX_VALUE, Map.of("tenant", "a")).allowed());
    assertEquals(List.of(), asked);
  }
}
