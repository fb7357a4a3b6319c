package io.metanode.containers.api;

import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.containers.network.HostNetworks;
import io.metanode.containers.network.NetworkDefinition;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.foundation.Randomness;
import io.metanode.receipts.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /networks}. */
public final class NetworkEndpoints {

  private static final Set<String> LIST_FILTERS =
      Set.of("dangling", "driver", "id", "label", "name", "scope", "type");
  private static final Set<String> PRUNE_FILTERS = Set.of("label", "label!", "until");

  private final HostNetworks networks;
  private final NetworkJson json;
  private final Operations operations;
  private final Clock clock;
  private final Randomness randomness;

  /**
   * @param names container names, for {@code network inspect}
   */
  public NetworkEndpoints(
      HostNetworks networks,
      ContainerNames names,
      Operations operations,
      Clock clock,
      Randomness randomness) {
    this.networks = networks;
    this.json = new NetworkJson(networks, names);
    this.operations = operations;
    this.clock = clock;
    this.randomness = randomness;
  }

  public void register(Router routes) {
    routes.route("GET", "/networks", this::list);
    routes.route("GET", "/networks/", this::list);
    routes.route("GET", "/networks/{id}", this::inspect);
    routes.route("POST", "/networks/create", this::create);
    routes.route("DELETE", "/networks/{id}", this::remove);
    routes.route("POST", "/networks/prune", this::prune);
  }

  private void list(HttpExchange exchange) throws ApiException, IOException {
    Filters filters = Filters.of(exchange).allowing(LIST_FILTERS);
    boolean dangling = filters.flag("dangling", false);
    ArrayNode found = Json.MAPPER.createArrayNode();
    networks.definitions().stream()
        .filter(network -> passes(filters, network))
        .filter(network -> !filters.has("dangling") || dangling == isUnused(network))
        .sorted(Comparator.comparing(NetworkDefinition::name))
        .forEach(network -> found.add(json.of(network)));
    exchange.send(200, found);
  }

  private static boolean passes(Filters filters, NetworkDefinition network) {
    return filters.is("driver", network.driverName())
        && filters.any("id", network.id()::startsWith)
        && filters.any("name", network.name()::contains)
        && filters.is("scope", "local")
        && filters.is("type", isPredefined(network) ? "builtin" : "custom")
        && filters.labels(network.labels());
  }

  private static boolean isPredefined(NetworkDefinition network) {
    return NetworkRequest.PREDEFINED.contains(network.name());
  }

  private boolean isUnused(NetworkDefinition network) {
    return !isPredefined(network)
        && networks.leases().values().stream()
            .noneMatch(lease -> lease.on(network.id()).isPresent());
  }

  private void inspect(HttpExchange exchange) throws ApiException, IOException {
    exchange.send(200, json.withContainers(networks.definition(exchange.parameter("id"))));
  }

  private void create(HttpExchange exchange) throws ApiException, IOException {
    JsonNode body = exchange.json();
    NetworkDefinition wanted = NetworkRequest.parse(Shapes.NETWORK.read(body), randomness, clock);
    NetworkDefinition made =
        operations.perform(
            Operation.of(
                exchange.actor(),
                "network.create",
                Map.of("network", wanted.name(), "driver", wanted.driverName()),
                Json.line(body)),
            List.of(subject(wanted)),
            () -> Done.of(networks.create(wanted), subject(wanted)));
    exchange.send(201, Json.MAPPER.createObjectNode().put("Id", made.id()).put("Warning", ""));
  }

  private void remove(HttpExchange exchange) throws ApiException, IOException {
    NetworkDefinition network = networks.definition(exchange.parameter("id"));
    remove(exchange, "network.remove", network);
    exchange.send(204);
  }

  private void remove(HttpExchange exchange, String operation, NetworkDefinition network)
      throws ApiException, IOException {
    operations.<Object>perform(
        Operation.of(
            exchange.actor(),
            operation,
            Map.of("network", network.name()),
            Json.line(Json.MAPPER.createObjectNode().put("id", network.id()))),
        List.of(subject(network)),
        () -> {
          networks.remove(network);
          return Done.of(network, subject(network));
        });
  }

  private void prune(HttpExchange exchange) throws ApiException, IOException {
    Filters filters = Filters.of(exchange).allowing(PRUNE_FILTERS);
    Instant until =
        filters.has("until")
            ? Timestamps.before(filters.get("until").getFirst(), clock.now())
            : Instant.MAX;
    List<NetworkDefinition> unused = new ArrayList<>();
    for (NetworkDefinition network : networks.definitions()) {
      if (isUnused(network)
          && filters.labels(network.labels())
          && network.created().isBefore(until)) {
        unused.add(network);
      }
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode removed = answer.putArray("NetworksDeleted");
    for (NetworkDefinition network : unused) {
      remove(exchange, "network.prune", network);
      removed.add(network.name());
    }
    exchange.send(200, answer);
  }

  private static Subject subject(NetworkDefinition network) {
    return new Subject("network/" + network.name(), new Digest(network.id()));
  }
}
