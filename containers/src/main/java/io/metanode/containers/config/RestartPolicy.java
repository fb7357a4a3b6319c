package io.metanode.containers.config;

import io.metanode.containers.http.ApiException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * When an ended container is started again.
 *
 * @param name {@code no}, {@code always}, {@code unless-stopped} or {@code on-failure}
 * @param maximumRetries for {@code on-failure}: 0 for no bound
 */
public record RestartPolicy(String name, long maximumRetries) {

  public static RestartPolicy of(JsonNode policy) {
    String name = policy.path("Name").asString("");
    return new RestartPolicy(
        name.isEmpty() ? "no" : name, policy.path("MaximumRetryCount").asLong(0));
  }

  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Name", name)
        .put("MaximumRetryCount", maximumRetries);
  }

  public boolean none() {
    return name.equals("no");
  }

  /** Whether a container starts again when its engine starts. */
  public boolean survivesEngine(boolean stoppedByHand) {
    return name.equals("always") || (name.equals("unless-stopped") && !stoppedByHand);
  }

  /**
   * @param exitCode how the process ended
   * @param restarts how often it was restarted since it was last started by hand
   */
  public boolean restarts(int exitCode, int restarts) {
    return switch (name) {
      case "always", "unless-stopped" -> true;
      case "on-failure" -> exitCode != 0 && (maximumRetries == 0 || restarts < maximumRetries);
      default -> false;
    };
  }

  /**
   * @throws ApiException 400 with Docker's words if there is no such policy
   */
  public void check() throws ApiException {
    switch (name) {
      case "no", "always", "unless-stopped" -> {
        if (maximumRetries != 0) {
          throw ApiException.badRequest(
              "invalid restart policy: maximum retry count can only be used with 'on-failure'");
        }
      }
      case "on-failure" -> {
        if (maximumRetries < 0) {
          throw ApiException.badRequest(
              "invalid restart policy: maximum retry count cannot be negative");
        }
      }
      default ->
          throw ApiException.badRequest(
              "invalid restart policy: unknown policy '"
                  + name
                  + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
    }
  }
}
