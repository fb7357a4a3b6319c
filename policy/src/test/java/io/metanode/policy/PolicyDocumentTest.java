package io.metanode.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    assertWrong(2, "expected allow or deny, not maybe", "version: 1\ndefault: maybe");
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
}
