package io.metanode.containers.api;

import io.metanode.containers.build.BuildPruning;
import io.metanode.containers.build.BuildRequest;
import io.metanode.containers.build.Builds;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageRemoval.Removed;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.registry.RemoteFiles;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /build}, the classic builder's way to ask, and where images built here come from. */
public final class BuildEndpoint {

  /** Numbers of the query that are limits of the containers that run steps, by their API names. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "memory", "Memory",
          "memswap", "MemorySwap",
          "cpushares", "CpuShares",
          "cpuquota", "CpuQuota",
          "cpuperiod", "CpuPeriod",
          "shmsize", "ShmSize");

  private final Builds builds;
  private final ImageStore store;
  private final Platform host;
  private final SessionBuildEndpoint sessions;
  private final BuildPruning pruning;

  public BuildEndpoint(
      Builds builds,
      BuildPruning pruning,
      ImageStore store,
      Platform host,
      SessionBuildEndpoint sessions) {
    this.pruning = pruning;
    this.builds = builds;
    this.sessions = sessions;
    this.store = store;
    this.host = host;
  }

  public void register(Router router) {
    router.route("POST", "/build", this::build);
    router.route("POST", "/build/prune", this::prune);
    router.route("GET", "/images/{name...}/provenance", this::provenance);
  }

  private void provenance(HttpExchange exchange) throws ApiException, IOException {
    String name = exchange.parameter("name");
    Digest id = store.find(name);
    byte[] envelope =
        store
            .provenance(id)
            .orElseThrow(
                () ->
                    ApiException.notFound("no provenance of " + name + ": it was not built here"));
    exchange.send(200, "application/vnd.dsse.envelope.v1+json", envelope);
  }

  private void prune(HttpExchange exchange) throws ApiException, IOException {
    BuildPruning.Pruned pruned = pruning.prune(exchange.actor());
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode deleted = answer.putArray("CachesDeleted");
    for (Removed one : pruned.images()) {
      if (one instanceof Removed.DeletedImage image) {
        deleted.add(image.image().toString());
      }
    }
    pruned.caches().forEach(cache -> deleted.add("sha256:" + cache.digest()));
    answer.put("SpaceReclaimed", pruned.reclaimed());
    exchange.send(200, answer);
  }

  private void build(HttpExchange exchange) throws ApiException, IOException {
    if (exchange.query("version").orElse("1").equals("2")) {
      BuildRequest request;
      try {
        request = request(exchange, true);
      } catch (ApiException e) {
        sessions.end(exchange);
        throw e;
      }
      sessions.build(exchange, request, credentials(exchange));
      return;
    }
    boolean quiet = exchange.flag("q", false);
    String remote = exchange.query("remote").orElse("");
    refuseRepository(remote);
    BuildRequest request = request(exchange, false);
    BuildMessages messages = new BuildMessages(exchange, quiet);
    try {
      Map<String, Credentials> credentials = credentials(exchange);
      Digest id =
          remote.isEmpty()
              ? builds.build(exchange.actor(), request, exchange.body(), credentials, messages)
              : builds.build(exchange.actor(), request, remote, credentials, messages);
      messages.done(id, request.names());
    } catch (ApiException | IOException | RuntimeException e) {
      messages.fail(e);
    }
  }

  private static void refuseRepository(String remote) throws ApiException {
    String place = remote.split("[#?]", 2)[0];
    boolean web = RemoteFiles.isAddress(remote);
    if (place.matches("(git|ssh)://.*|git@.*|github\\.com/.*") || (web && place.endsWith(".git"))) {
      throw new ApiException(
          501,
          "building from a git repository is not supported here: docker build fetches it itself,"
              + " or clone it and send a context");
    }
    if (!remote.isEmpty() && !web) {
      throw ApiException.badRequest("remoteURL (" + remote + ") could not be recognized as URL");
    }
  }

  private BuildRequest request(HttpExchange exchange, boolean neededOnly) throws ApiException {
    if (exchange.flag("squash", false)) {
      throw new ApiException(501, "squashing is not supported; use a stage and COPY --from");
    }
    refuseOutputs(exchange);
    String platform = exchange.query("platform").orElse("");
    return new BuildRequest(
        names(exchange),
        exchange.query("dockerfile").filter(path -> !path.isEmpty()).orElse("Dockerfile"),
        exchange.query("target").orElse(""),
        cacheFrom(exchange),
        exchange.flag("nocache", false),
        exchange.flag("pull", false),
        neededOnly || exchange.flag("rm", true),
        neededOnly || exchange.flag("forcerm", false),
        arguments(exchange),
        texts(exchange, "labels"),
        hostConfig(exchange),
        platform.isEmpty() ? host : Platform.require(platform, host),
        neededOnly);
  }

  /** Else what is asked for would not be handed over, and nobody told. */
  private static void refuseOutputs(HttpExchange exchange) throws ApiException {
    for (JsonNode output : json(exchange, "outputs")) {
      String type = output.path("Type").asString("");
      if (!type.isEmpty() && !type.equals("moby")) {
        throw new ApiException(
            501,
            "outputs are not read by POST /build (type "
                + type
                + "): build with docker buildx build --output, or take the files out of the image"
                + " with docker create and docker cp");
      }
    }
  }

  private static List<ImageReference> names(HttpExchange exchange) throws ApiException {
    List<ImageReference> names = new ArrayList<>();
    for (String text : exchange.queries("t")) {
      if (text.isEmpty()) {
        continue;
      }
      ImageReference name = ImageReference.parse(text);
      if (name.digest().isPresent()) {
        throw ApiException.badRequest("build tag cannot contain a digest");
      }
      if (!names.contains(name.orLatest())) {
        names.add(name.orLatest());
      }
    }
    return names;
  }

  private static JsonNode json(HttpExchange exchange, String parameter) throws ApiException {
    String text = exchange.query(parameter).orElse("");
    return text.isEmpty()
        ? Json.MAPPER.createObjectNode()
        : Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Optional<String>> arguments(HttpExchange exchange)
      throws ApiException {
    Map<String, Optional<String>> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : json(exchange, "buildargs").properties()) {
      JsonNode value = one.getValue();
      arguments.put(
          one.getKey(), value.isNull() ? Optional.empty() : Optional.of(value.asString("")));
    }
    return arguments;
  }

  private static Map<String, String> texts(HttpExchange exchange, String parameter)
      throws ApiException {
    Map<String, String> texts = new LinkedHashMap<>();
    json(exchange, parameter)
        .properties()
        .forEach(one -> texts.put(one.getKey(), one.getValue().asString("")));
    return texts;
  }

  private static List<String> cacheFrom(HttpExchange exchange) throws ApiException {
    List<String> images = new ArrayList<>();
    json(exchange, "cachefrom").forEach(image -> images.add(image.asString("")));
    return images;
  }

  private static ObjectNode hostConfig(HttpExchange exchange) throws ApiException {
    ObjectNode host = Json.MAPPER.createObjectNode();
    String network = exchange.query("networkmode").orElse("");
    host.put("NetworkMode", network.isEmpty() ? "default" : network);
    for (Map.Entry<String, String> limit : LIMITS.entrySet()) {
      long value = number(exchange, limit.getKey());
      if (value != 0) {
        host.put(limit.getValue(), value);
      }
    }
    for (String name : List.of("cpusetcpus", "cpusetmems")) {
      Optional<String> value = exchange.query(name).filter(text -> !text.isEmpty());
      value.ifPresent(
          text -> host.put(name.equals("cpusetcpus") ? "CpusetCpus" : "CpusetMems", text));
    }
    exchange.query("cgroupparent").ifPresent(group -> host.put("CgroupParent", group));
    if (!json(exchange, "ulimits").isEmpty()) {
      host.set("Ulimits", json(exchange, "ulimits"));
    }
    for (String hosts : exchange.queries("extrahosts")) {
      if (hosts.startsWith("[")) {
        Json.parse(hosts.getBytes(StandardCharsets.UTF_8))
            .forEach(one -> host.withArray("ExtraHosts").add(one.asString("")));
      } else if (!hosts.isEmpty()) {
        host.withArray("ExtraHosts").add(hosts);
      }
    }
    return host;
  }

  private static long number(HttpExchange exchange, String parameter) throws ApiException {
    String text = exchange.query(parameter).orElse("");
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("invalid " + parameter + ": " + text);
    }
  }

  /** The header {@code X-Registry-Config}: credentials by registry, JSON in base64. */
  private static Map<String, Credentials> credentials(HttpExchange exchange) throws ApiException {
    String text = exchange.header("X-Registry-Config").orElse("").strip().replace("=", "");
    Map<String, Credentials> credentials = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return credentials;
    }
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
      for (Map.Entry<String, JsonNode> one : Json.parse(decoded).properties()) {
        String registry = one.getKey().replaceFirst("^https?://", "").split("/", 2)[0];
        boolean hub = registry.equals("index.docker.io") || registry.equals("registry-1.docker.io");
        credentials.put(hub ? "docker.io" : registry, Credentials.ofJson(one.getValue()));
      }
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("invalid X-Registry-Config header: not base64");
    }
    return credentials;
  }
}
