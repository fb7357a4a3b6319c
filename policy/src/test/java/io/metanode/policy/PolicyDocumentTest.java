package io.metanode.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {

  private static final String YAML =
      """
      version: 1
      default: allow
      rules:
        - name: operators-may
          effect: allow
          actors: [unix:root]
          operations: [container.exec]
        - name: no-exec-in-production
          effect: deny
          operations: [container.exec, "container.attach"]
          attributes:
            container: prod-*
          reason: ask the operator on duty
        - name: nothing-privileged
          effect: deny
          operations: ["container.*"]
          attributes: {privileged: true}
      """;

  private static Decision decide(String actor, String operation, Map<String, String> attributes)
      throws PolicyFormatException {
    return PolicyDocument.parse(YAML).decide(new Request(actor, operation, attributes));
  }

  @Test
  void firstMatchingRuleDecides() throws Exception {
    Map<String, String> production = Map.of("container", "prod-1", "privileged", "true");
    assertEquals("operators-may", decide("unix:root", "container.exec", production).rule());
    Decision denied = decide("unix:eve", "container.exec", production);
    assertFalse(denied.allowed());
    assertEquals("no-exec-in-production", denied.rule());
    assertEquals("ask the operator on duty", denied.reason());
    assertEquals("nothing-privileged", decide("unix:eve", "container.start", production).rule());
  }

  @Test
  void defaultDecidesWhereNoRuleMatches() throws Exception {
    Decision decision = decide("unix:eve", "container.exec", Map.of("container", "test-prod-1"));
    assertTrue(decision.allowed());
    assertEquals("default", decision.rule());
  }

  @Test
  void missingAttributeDoesNotMatch() throws Exception {
    assertTrue(decide("unix:eve", "container.exec", Map.of()).allowed());
  }

  @Test
  void decisionCarriesTheDigestOfTheText() throws Exception {
    PolicyDocument document = PolicyDocument.parse(YAML);
    assertEquals(document.digest(), document.decide(new Request("a", "b", Map.of())).policy());
    assertNotEquals(document.digest(), PolicyDocument.parse(YAML + "\n").digest());
  }

  @Test
  void builtInDocumentAllowsAllAndIsWhatItsTextSays() throws Exception {
    PolicyDocument builtIn = PolicyDocument.allowAll();
    assertTrue(builtIn.decide(new Request("any", "thing", Map.of())).allowed());
    assertEquals(PolicyDocument.parse(PolicyDocument.allowAllText()).digest(), builtIn.digest());
  }

  private static void assertWrong(int line, String problem, String yaml) {
    PolicyFormatException wrong =
        assertThrows(PolicyFormatException.class, () -> PolicyDocument.parse(yaml));
    assertEquals(line, wrong.line(), wrong.getMessage());
    assertTrue(String.valueOf(wrong.getMessage()).contains(problem), wrong.getMessage());
  }

  @Test
  void everyMistakeIsNamedWithItsLine() {
    assertWrong(1, "empty", "");
    assertWrong(1, "expected a mapping", "- 1");
    assertWrong(1, "version is missing", "default: allow");
    assertWrong(1, "default is missing", "version: 1");
    assertWrong(1, "version must be 1", "version: 2\ndefault: allow");
    assertWrong(2, "expected allow, deny or throttle, not maybe", "version: 1\ndefault: maybe");
    assertWrong(3, "unknown key rule", "version: 1\ndefault: deny\nrule: []");
    assertWrong(3, "version stands there twice", "version: 1\ndefault: deny\nversion: 1");
    assertWrong(3, "rules must be a list", "version: 1\ndefault: deny\nrules: x");
    assertWrong(4, "effect is missing", "version: 1\ndefault: deny\nrules:\n  - name: a");
    assertWrong(
        5,
        "the name a is taken",
        "version: 1\ndefault: deny\nrules:\n  - {name: a, effect: deny}\n  - {name: a, effect: deny}");
    assertWrong(
        4,
        "operations must not be empty",
        "version: 1\ndefault: deny\nrules:\n  - {name: a, effect: deny, operations: []}");
    assertWrong(3, "not YAML", "version: 1\ndefault: [allow\n");
  }

  @Test
  void globsMatchWholeTexts() {
    assertTrue(new Glob("*").matches(""));
    assertTrue(new Glob("container.*").matches("container.exec"));
    assertFalse(new Glob("container.*").matches("a.container.exec"));
    assertTrue(new Glob("a*b*c").matches("aXbXbYc"));
    assertFalse(new Glob("a*b").matches("abc"));
    assertFalse(new Glob("").matches("a"));
  }

  private static final String LIMITS =
      """
      version: 1
      default: allow
      rules:
        - name: acme-stops
          effect: deny
          operations: [container.create, container.start]
          attributes: {tenant: acme}
          atLeast: {owed: 100.5}
          reason: pay first
        - name: acme-slows
          effect: throttle
          delaySeconds: 5
          attributes: {tenant: acme}
          atLeast: {owed: 80}
        - name: quota
          effect: deny
          operations: [container.create]
          atLeast: {tenantContainers: 10}
      """;

  private static Decision owing(String owed) throws PolicyFormatException {
    Map<String, String> attributes =
        Map.of("tenant", "acme", "owed", owed, "tenantContainers", "9");
    return PolicyDocument.parse(LIMITS)
        .decide(new Request("unix:eve", "container.create", attributes));
  }

  @Test
  void limitsSlowDownAndThenStop() throws Exception {
    assertEquals("default", owing("79.999999999").rule());
    Decision slow = owing("80");
    assertTrue(slow.allowed());
    assertEquals("acme-slows", slow.rule());
    assertEquals(Duration.ofSeconds(5), slow.delay());
    assertEquals("acme-slows", owing("100.499999999").rule());
    Decision stopped = owing("100.5");
    assertFalse(stopped.allowed());
    assertEquals("pay first", stopped.reason());
    assertEquals(Duration.ZERO, stopped.delay());
    assertFalse(owing("9223372036.854775807").allowed());
    assertEquals("default", owing("1e999999999").rule(), "no number reaches nothing");
    assertEquals("default", owing("-1").rule());
  }

  @Test
  void quotasCount() throws Exception {
    PolicyDocument document = PolicyDocument.parse(LIMITS);
    Map<String, String> ten = Map.of("tenant", "zen", "tenantContainers", "10");
    assertEquals("quota", document.decide(new Request("a", "container.create", ten)).rule());
    assertEquals("default", document.decide(new Request("a", "container.start", ten)).rule());
    assertTrue(document.asksFor("owed"));
    assertTrue(document.asksFor("tenantContainers"));
    assertFalse(document.asksFor("image"));
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    for (String[] change :
        new String[][] {
          {"owed: 80", "owed: -80"},
          {"owed: 80", "owed: much"},
          {"owed: 80", "owed: 1e9"},
          {"delaySeconds: 5", "delaySeconds: 0"},
          {"delaySeconds: 5", "delaySeconds: 61"},
          {"delaySeconds: 5", "reason: no delay"},
          {"effect: throttle", "effect: deny"},
          {"default: allow", "default: throttle"},
        }) {
      String text = LIMITS.replace(change[0], change[1]);
      assertThrows(PolicyFormatException.class, () -> PolicyDocument.parse(text), change[1]);
    }
  }
}
