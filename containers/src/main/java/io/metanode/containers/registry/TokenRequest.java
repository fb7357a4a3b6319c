package io.metanode.containers.registry;

import io.metanode.containers.image.JsonFields;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Gets a token from a registry's authorization server (distribution, spec/auth/token.md). */
final class TokenRequest {

  private static final int MOST_BYTES = 1 << 20;
  private static final String CLIENT = "metanode";

  private final RegistrySession session;
  private final Credentials credentials;
  private final List<String> scopes;

  TokenRequest(RegistrySession session, Credentials credentials, List<String> scopes) {
    this.session = session;
    this.credentials = credentials;
    this.scopes = scopes;
  }

  /**
   * The value of an {@code Authorization} header.
   *
   * @param root the registry
   */
  String token(Challenge.Bearer challenge, URI root) throws IOException {
    if (!credentials.registryToken().isEmpty()) {
      return "Bearer " + credentials.registryToken();
    }
    URI realm = realm(challenge, root);
    Set<String> wanted = new LinkedHashSet<>(scopes);
    if (wanted.isEmpty() && !challenge.scope().isEmpty()) {
      wanted.add(challenge.scope());
    }
    RegistryRequest request =
        credentials.identityToken().isEmpty()
            ? byName(realm, challenge.service(), wanted)
            : byToken(realm, challenge.service(), wanted);
    String shown =
        credentials.identityToken().isEmpty() && credentials.hasPassword()
            ? credentials.basic()
            : null;
    try (RegistryResponse response = session.exchange(request, request.target(), shown)) {
      if (response.status() != 200) {
        throw response.refusal("Get \"" + realm + "\"");
      }
      return "Bearer " + read(response.bytes(MOST_BYTES, "a token"), realm);
    }
  }

  /** Credentials go to it, so it must be as safe as the registry. */
  private static URI realm(Challenge.Bearer challenge, URI root) throws IOException {
    URI realm;
    try {
      realm = root.resolve(challenge.realm());
    } catch (IllegalArgumentException e) {
      throw RegistryException.broken("the registry's realm is no address: " + challenge.realm());
    }
    RegistrySession.requireHttp(realm);
    if (root.getScheme().equals("https") && !realm.getScheme().equals("https")) {
      throw RegistryException.broken(
          "the registry wants credentials sent in the clear, to " + realm + "; refused");
    }
    return realm;
  }

  private RegistryRequest byName(URI realm, String service, Set<String> wanted) {
    List<String> query = new ArrayList<>();
    if (realm.getRawQuery() != null) {
      query.add(realm.getRawQuery());
    }
    query.add("service=" + encoded(service));
    wanted.forEach(scope -> query.add("scope=" + encoded(scope)));
    if (credentials.hasPassword()) {
      query.add("account=" + encoded(credentials.username()));
      if (wanted.isEmpty()) {
        query.add("offline_token=true");
        query.add("client_id=" + CLIENT);
      }
    }
    return RegistryRequest.of(
        "GET", realm.resolve(realm.getRawPath() + "?" + String.join("&", query)));
  }

  private RegistryRequest byToken(URI realm, String service, Set<String> wanted) {
    String form =
        String.join(
            "&",
            "grant_type=refresh_token",
            "service=" + encoded(service),
            "client_id=" + CLIENT,
            "scope=" + encoded(String.join(" ", wanted)),
            "refresh_token=" + encoded(credentials.identityToken()));
    return RegistryRequest.of("POST", realm)
        .with("Content-Type", "application/x-www-form-urlencoded")
        .sending(() -> BodyPublishers.ofString(form));
  }

  private static String read(byte[] bytes, URI realm) throws RegistryException {
    try {
      JsonNode json = JsonFields.MAPPER.readTree(bytes);
      String token = JsonFields.text(json, "token");
      String access = token.isEmpty() ? JsonFields.text(json, "access_token") : token;
      if (!access.isEmpty() && access.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        return access;
      }
    } catch (JacksonException e) {
      // said below
    }
    throw RegistryException.broken(realm + " did not answer with a token");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
