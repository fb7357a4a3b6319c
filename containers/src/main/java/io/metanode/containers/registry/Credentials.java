package io.metanode.containers.registry;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Who the engine says it is to a registry, as Docker's clients send it. Never kept.
 *
 * @param identityToken a refresh token of the registry's authorization server
 * @param registryToken a bearer token to be used as it is
 */
public record Credentials(
    String username, String password, String identityToken, String registryToken) {

  public static final Credentials NONE = new Credentials("", "", "", "");

  /**
   * Reads the header {@code X-Registry-Auth}: JSON in base64url.
   *
   * @throws ApiException 400 if it is not that
   */
  public static Credentials ofHeader(Optional<String> header) throws ApiException {
    String text = header.orElse("").strip().replace("=", "");
    if (text.isEmpty()) {
      return NONE;
    }
    try {
      return ofJson(Json.parse(Base64.getUrlDecoder().decode(text)));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("invalid X-Registry-Auth header: not base64url");
    }
  }

  /** Reads Docker's {@code AuthConfig}. */
  public static Credentials ofJson(JsonNode json) throws ApiException {
    String username = json.path("username").asString("");
    String password = json.path("password").asString("");
    String both = json.path("auth").asString("");
    if (username.isEmpty() && !both.isEmpty()) {
      String[] pair = decoded(both).split(":", 2);
      username = pair[0];
      password = pair.length > 1 ? pair[1] : "";
    }
    return new Credentials(
        username,
        password,
        json.path("identitytoken").asString(""),
        json.path("registrytoken").asString(""));
  }

  private static String decoded(String base64) throws ApiException {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("invalid credentials: \"auth\" is not base64");
    }
  }

  /** Whether there is a name and password. */
  public boolean hasPassword() {
    return !username.isEmpty() || !password.isEmpty();
  }

  /** The value of an {@code Authorization} header (RFC 7617). */
  String basic() {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The name alone. */
  @Override
  public String toString() {
    return username.isEmpty() ? "nobody" : username;
  }
}
