package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.ApiVersion;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /_ping}, {@code /version}, {@code /info} and {@code /system/df}. */
public final class SystemEndpoints {

  private static final byte[] OK = "OK".getBytes(StandardCharsets.UTF_8);

  private final SystemProfile profile;
  private final SystemState state;
  private final SystemInfo info;
  private final RuntimeVersion runtime;

  public SystemEndpoints(SystemProfile profile, SystemState state, Clock clock) {
    this.profile = profile;
    this.state = state;
    this.runtime = RuntimeVersion.of(profile.runtime());
    this.info = new SystemInfo(profile, runtime, clock);
  }

  public void register(Router routes) {
    routes.route("GET", "/_ping", SystemEndpoints::ping);
    routes.route("HEAD", "/_ping", SystemEndpoints::ping);
    routes.route("GET", "/version", exchange -> exchange.send(200, version()));
    routes.route("GET", "/info", exchange -> exchange.send(200, info.json(state)));
    routes.route("GET", "/system/df", this::diskUsage);
  }

  private static void ping(HttpExchange exchange) throws IOException {
    exchange.responseHeader("Builder-Version", "2");
    exchange.responseHeader("Cache-Control", "no-cache, no-store, must-revalidate");
    exchange.responseHeader("Pragma", "no-cache");
    exchange.responseHeader("Swarm", "inactive");
    exchange.send(200, "text/plain; charset=utf-8", OK);
  }

  private ObjectNode version() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.putObject("Platform").put("Name", profile.platform());
    ArrayNode components = json.putArray("Components");
    ObjectNode engine = components.addObject();
    engine.put("Name", "Engine").put("Version", profile.engineVersion());
    ObjectNode details = engine.putObject("Details");
    engine(details);
    details.put("Experimental", "false");
    ObjectNode runc = components.addObject();
    runc.put("Name", "runc").put("Version", runtime.version());
    runc.putObject("Details").put("GitCommit", runtime.commit());
    json.put("Version", profile.engineVersion());
    engine(json);
    return json;
  }

  private void engine(ObjectNode json) {
    json.put("ApiVersion", ApiVersion.NEWEST.toString());
    json.put("MinAPIVersion", ApiVersion.OLDEST.toString());
    json.put("GitCommit", "");
    json.put("GoVersion", "none (Java " + Runtime.version().feature() + ")");
    json.put("Os", "linux");
    json.put("Arch", HostFacts.architecture());
    json.put("KernelVersion", HostFacts.kernelVersion());
    json.put("BuildTime", profile.buildTime());
  }

  private void diskUsage(HttpExchange exchange) throws ApiException, IOException {
    SystemState.DiskUsage usage = state.diskUsage(exchange.version());
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("LayersSize", usage.layersBytes());
    json.set("Images", usage.images());
    json.set("Containers", usage.containers());
    json.set("Volumes", usage.volumes());
    json.putArray("BuildCache");
    if (!exchange.version().atLeast(42)) {
      json.put("BuilderSize", 0);
    }
    exchange.send(200, json);
  }
}
