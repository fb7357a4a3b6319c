package io.metanode.containers.api;

import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.ApiVersion;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.volume.Volume;
import io.metanode.containers.volume.VolumeQuery;
import io.metanode.containers.volume.Volumes;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /volumes}. */
public final class VolumeEndpoints {

  private static final Set<String> LIST_FILTERS = Set.of("dangling", "name", "label", "driver");
  private static final Set<String> PRUNE_FILTERS = Set.of("label", "label!", "all");
  private static final int ANONYMOUS_ONLY_SINCE = 42;

  private final Volumes volumes;

  public VolumeEndpoints(Volumes volumes) {
    this.volumes = volumes;
  }

  public void register(Router router) {
    router.route("GET", "/volumes", this::list);
    router.route("POST", "/volumes/create", this::create);
    router.route("POST", "/volumes/prune", this::prune);
    router.route("GET", "/volumes/{name}", this::inspect);
    router.route("DELETE", "/volumes/{name}", this::remove);
  }

  private void list(HttpExchange exchange) throws ApiException, IOException {
    Map<String, List<String>> filters = QueryFilters.of(exchange);
    QueryFilters.requireKnown(filters, LIST_FILTERS);
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode list = answer.putArray("Volumes");
    new VolumeQuery(volumes, filters).select().forEach(volume -> list.add(json(volume)));
    answer.putNull("Warnings");
    exchange.send(200, answer);
  }

  static ObjectNode json(Volume volume) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("CreatedAt", volume.created().toString());
    json.put("Driver", Volumes.DRIVER);
    if (volume.labels().isEmpty()) {
      json.putNull("Labels");
    } else {
      ObjectNode labels = json.putObject("Labels");
      volume.labels().forEach(labels::put);
    }
    json.put("Mountpoint", volume.data().toString());
    json.put("Name", volume.name());
    if (volume.options().isEmpty()) {
      json.putNull("Options");
    } else {
      ObjectNode options = json.putObject("Options");
      new TreeMap<>(volume.options()).forEach(options::put);
    }
    json.put("Scope", "local");
    return json;
  }

  private void create(HttpExchange exchange) throws ApiException, IOException {
    JsonNode body = Shapes.VOLUME.read(exchange.json());
    Volume volume =
        volumes.create(
            exchange.actor(),
            JsonFields.text(body, "Name"),
            JsonFields.text(body, "Driver"),
            JsonFields.map(body, "DriverOpts"),
            JsonFields.map(body, "Labels"));
    exchange.send(201, json(volume));
  }

  private void inspect(HttpExchange exchange) throws ApiException, IOException {
    exchange.send(200, json(volumes.require(exchange.parameter("name"))));
  }

  private void remove(HttpExchange exchange) throws ApiException, IOException {
    volumes.remove(exchange.actor(), exchange.parameter("name"), exchange.flag("force", false));
    exchange.send(204);
  }

  private void prune(HttpExchange exchange) throws ApiException, IOException {
    Map<String, List<String>> filters = new HashMap<>(QueryFilters.of(exchange));
    QueryFilters.requireKnown(filters, PRUNE_FILTERS);
    boolean all = isAll(filters.remove("all"), exchange.version());
    List<Volume> candidates =
        new VolumeQuery(volumes, filters)
            .select().stream().filter(volume -> all || volume.anonymous()).toList();
    Volumes.Pruned pruned =
        volumes.prune(exchange.actor(), candidates, exchange.query("filters").orElse(""));
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode names = answer.putArray("VolumesDeleted");
    pruned.names().forEach(names::add);
    answer.put("SpaceReclaimed", pruned.bytes());
    exchange.send(200, answer);
  }

  /** Since 1.42 a prune spares named volumes unless asked for all. */
  private static boolean isAll(@Nullable List<String> values, ApiVersion version)
      throws ApiException {
    if (values == null || values.isEmpty()) {
      return !version.atLeast(ANONYMOUS_ONLY_SINCE);
    }
    return switch (values.getFirst()) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> throw ApiException.badRequest("invalid filter 'all=" + values + "'");
    };
  }
}
