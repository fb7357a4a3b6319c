package io.metanode.containers.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a registry wants to be told who asks ({@code WWW-Authenticate}, RFC 9110 section 11.6.1). */
sealed interface Challenge {

  /** With name and password. */
  record Basic() implements Challenge {}

  /**
   * With a token of an authorization server (Docker's token authentication).
   *
   * @param realm its address
   * @param service whom the token is for
   * @param scope what the token must allow; empty where the registry does not say
   */
  record Bearer(String realm, String service, String scope) implements Challenge {}

  Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,]*))");

  /** The strongest of the challenges that is known. */
  static Optional<Challenge> of(List<String> headers) {
    Optional<Challenge> basic = Optional.empty();
    for (String header : headers) {
      String lower = header.strip().toLowerCase(Locale.ROOT);
      if (lower.startsWith("bearer ")) {
        Map<String, String> parameters = parameters(header);
        return Optional.of(
            new Bearer(
                parameters.getOrDefault("realm", ""),
                parameters.getOrDefault("service", ""),
                parameters.getOrDefault("scope", "")));
      }
      if (lower.startsWith("basic")) {
        basic = Optional.of(new Basic());
      }
    }
    return basic;
  }

  private static Map<String, String> parameters(String header) {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      String value = quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
    }
    return parameters;
  }
}
