package io.metanode.containers.buildkit;

import io.metanode.containers.build.BuildRequest;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Platform;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of the frontend {@code dockerfile.v0}. One that would change the image, and that is
 * not known here, is refused.
 */
final class FrontendOptions {

  private static final String ARGUMENT = "build-arg:";
  private static final String LABEL = "label:";

  /** Options that choose where things are read from, are read elsewhere here, or change nothing. */
  private static final Set<String> KNOWN =
      Set.of(
          "filename",
          "target",
          "platform",
          "image-resolve-mode",
          "no-cache",
          "add-hosts",
          "shm-size",
          "ulimit",
          "force-network-mode",
          "cgroup-parent",
          "contextkey",
          "dockerfilekey",
          "context",
          "frontend.caps",
          "cache-from",
          "cache-imports",
          "multi-platform",
          "hostname",
          "local-sessionid");

  private final Map<String, String> options;

  /**
   * @throws ApiException naming an option that cannot be met
   */
  FrontendOptions(Map<String, String> options) throws ApiException {
    this.options = new TreeMap<>(options);
    for (Map.Entry<String, String> option : this.options.entrySet()) {
      check(option.getKey(), option.getValue());
    }
  }

  private static void check(String name, String value) throws ApiException {
    if (KNOWN.contains(name) || name.startsWith(ARGUMENT) || name.startsWith(LABEL)) {
      return;
    }
    if (name.equals("requestid")) {
      throw unsupported(
          "the request " + value + " (--check, --print, --call)", "build without that option");
    }
    if (name.startsWith("context:")) {
      throw unsupported(
          "the named context \"" + name.substring("context:".length()) + "\"",
          "copy from a stage, an image or a directory of the one context");
    }
    if (name.startsWith("attest:") || name.startsWith("build-contexts:")) {
      throw unsupported(
          name, "every image built here has provenance already: metanode image provenance NAME");
    }
    throw unsupported("the build option \"" + name + "\"", "build without it");
  }

  private static ApiException unsupported(String what, String instead) {
    return new ApiException(501, what + " is not supported by this engine: " + instead);
  }

  private String option(String name) {
    return options.getOrDefault(name, "");
  }

  /** What the client calls the directory with the Dockerfile. */
  String dockerfileDirectory() {
    return option("dockerfilekey").isEmpty() ? "dockerfile" : option("dockerfilekey");
  }

  /** What the client calls the context's directory. */
  String contextDirectory() {
    return option("contextkey").isEmpty() ? "context" : option("contextkey");
  }

  /** Where the context is, if not in a directory of the client's; empty if it is. */
  String address() {
    return option("context");
  }

  String dockerfile() {
    return option("filename").isEmpty() ? "Dockerfile" : option("filename");
  }

  /** The stage to build; empty for the last. */
  String target() {
    return option("target");
  }

  /** What files that are handed over are to be dated; empty where each keeps its own time. */
  Optional<Instant> time() {
    try {
      String text = option("build-arg:SOURCE_DATE_EPOCH");
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty(); // as BuildKit has it: an argument like any other
    }
  }

  /** The frontend image asked for in place of the one in the file; empty without. */
  String syntax() {
    return option("build-arg:BUILDKIT_SYNTAX");
  }

  /** The request they are for the builder. */
  BuildRequest request(List<ImageReference> names, Platform host) throws ApiException {
    Map<String, Optional<String>> arguments = new LinkedHashMap<>();
    Map<String, String> labels = new LinkedHashMap<>();
    options.forEach(
        (name, value) -> {
          if (name.startsWith(ARGUMENT)) {
            arguments.put(name.substring(ARGUMENT.length()), Optional.of(value));
          } else if (name.startsWith(LABEL)) {
            labels.put(name.substring(LABEL.length()), value);
          }
        });
    return new BuildRequest(
        names,
        dockerfile(),
        target(),
        List.of(),
        options.containsKey("no-cache"),
        option("image-resolve-mode").equals("pull"),
        true,
        true,
        arguments,
        labels,
        hostConfig(),
        platform(host),
        true);
  }

  private Platform platform(Platform host) throws ApiException {
    String text = option("platform");
    if (text.contains(",")) {
      throw unsupported("building for several platforms at once", "build for one at a time");
    }
    return text.isEmpty()
        ? host
        : Platform.parse(text, host)
            .orElseThrow(
                () ->
                    ApiException.badRequest("invalid platform \"" + text + "\": os/architecture"));
  }

  private ObjectNode hostConfig() throws ApiException {
    ObjectNode host = Json.MAPPER.createObjectNode();
    String network = option("force-network-mode");
    host.put("NetworkMode", network.isEmpty() ? "default" : network);
    host.put("CgroupParent", option("cgroup-parent"));
    if (!option("shm-size").isEmpty()) {
      host.put("ShmSize", number("shm-size", option("shm-size")));
    }
    for (String one : list("add-hosts")) {
      String[] pair = one.split("=", 2);
      if (pair.length < 2) {
        throw ApiException.badRequest("invalid extra host \"" + one + "\": name=address");
      }
      host.withArray("ExtraHosts").add(pair[0] + ":" + pair[1]);
    }
    for (String one : list("ulimit")) {
      String[] parts = one.split("[=:]", -1);
      if (parts.length < 2 || parts.length > 3) {
        throw ApiException.badRequest("invalid ulimit \"" + one + "\": name=soft[:hard]");
      }
      host.withArray("Ulimits")
          .addObject()
          .put("Name", parts[0])
          .put("Soft", number("ulimit", parts[1]))
          .put("Hard", number("ulimit", parts[parts.length - 1]));
    }
    return host;
  }

  private List<String> list(String name) {
    return option(name).isEmpty() ? List.of() : List.of(option(name).split(",", -1));
  }

  private static long number(String name, String text) throws ApiException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("invalid " + name + ": " + text);
    }
  }
}
