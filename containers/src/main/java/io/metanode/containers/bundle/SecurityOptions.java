package io.metanode.containers.bundle;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.spec.SeccompChoice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code --security-opt} asks for.
 *
 * @param noNewPrivileges whether programs cannot gain privileges by set-user-id or capabilities
 * @param seccomp which system calls are allowed
 */
record SecurityOptions(boolean noNewPrivileges, SeccompChoice seccomp) {

  /**
   * @throws ApiException 400 in Docker's words if an option is unknown or malformed
   */
  static SecurityOptions parse(List<String> options) throws ApiException {
    boolean noNewPrivileges = false;
    SeccompChoice seccomp = new SeccompChoice.Default();
    for (String option : options) {
      if (option.equals("no-new-privileges")) {
        noNewPrivileges = true;
        continue;
      }
      int separator = separator(option);
      if (separator < 0) {
        throw ApiException.badRequest("invalid --security-opt 1: \"" + option + "\"");
      }
      String value = option.substring(separator + 1);
      switch (option.substring(0, separator)) {
        case "no-new-privileges" -> noNewPrivileges = flag(value, option);
        case "seccomp" -> seccomp = seccomp(value);
        case "label" -> only("disable", value, option);
        case "apparmor" -> only("unconfined", value, option);
        case "writable-cgroups" -> only("false", value, option);
        default -> throw ApiException.badRequest("invalid --security-opt 2: \"" + option + "\"");
      }
    }
    return new SecurityOptions(noNewPrivileges, seccomp);
  }

  /** What cannot be given is refused; to ask for going without it is no request. */
  private static void only(String without, String value, String option) throws ApiException {
    if (!value.equals(without)) {
      throw ApiException.badRequest(
          "--security-opt " + option + " is not supported: only " + without + " is");
    }
  }

  private static int separator(String option) {
    int equals = option.indexOf('=');
    return equals >= 0 ? equals : option.indexOf(':');
  }

  private static boolean flag(String value, String option) throws ApiException {
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw ApiException.badRequest("invalid --security-opt 2: \"" + option + "\"");
    };
  }

  private static SeccompChoice seccomp(String value) throws ApiException {
    return switch (value) {
      case "unconfined" -> new SeccompChoice.Unconfined();
      case "", "builtin" -> new SeccompChoice.Default();
      default -> {
        if (Json.parse(value.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode profile) {
          yield new SeccompChoice.Given(profile);
        }
        throw ApiException.badRequest("opening seccomp profile failed: not a JSON object");
      }
    };
  }
}
