package io.metanode.policy;

import io.metanode.foundation.Digest;
import io.metanode.policy.Decision.Effect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;

/**
 * A policy as a YAML document (docs/guides/policy.md): the first rule that matches decides, the
 * default where none does. Every decision carries the SHA-256 digest of the document's text.
 */
public final class PolicyDocument implements Policy {

  private static final String DEFAULT_RULE = "default";
  private static final String ALLOW_ALL =
      """
      version: 1
      default: allow
      """;

  private final Digest digest;
  private final Effect defaultEffect;
  private final String defaultReason;
  private final List<Rule> rules;

  PolicyDocument(Digest digest, Effect defaultEffect, String defaultReason, List<Rule> rules) {
    this.digest = digest;
    this.defaultEffect = defaultEffect;
    this.defaultReason = defaultReason;
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a document.
   *
   * @throws PolicyFormatException if it is malformed, naming the line
   */
  public static PolicyDocument parse(String yaml) throws PolicyFormatException {
    return PolicyReader.read(yaml, digestOf(yaml));
  }

  /** The document in force where none is configured: all is allowed. */
  public static PolicyDocument allowAll() {
    return new PolicyDocument(digestOf(ALLOW_ALL), Effect.ALLOW, "", List.of());
  }

  /** The text of {@link #allowAll}. */
  public static String allowAllText() {
    return ALLOW_ALL;
  }

  private static Digest digestOf(String yaml) {
    try {
      byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
      return Digest.ofBytes(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** SHA-256 of the document's text. */
  public Digest digest() {
    return digest;
  }

  @Override
  public Decision decide(Request request) {
    for (Rule rule : rules) {
      if (rule.matches(request)) {
        return decision(rule.effect(), rule.name(), rule.reason(), rule.delay());
      }
    }
    return decision(defaultEffect, DEFAULT_RULE, defaultReason, Duration.ZERO);
  }

  private Decision decision(Effect effect, String rule, String reason, Duration delay) {
    return new Decision(effect, rule, digest, effect == Effect.DENY ? reason : "", delay);
  }

  /** Whether a rule looks at an attribute: one that costs something is given only then. */
  public boolean asksFor(String attribute) {
    return rules.stream().anyMatch(rule -> rule.asksFor(attribute));
  }
}
