package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.Driver;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The networks there are, by id; the predefined bridge, host and none among them. */
final class Catalogue {

  private final Map<String, NetworkDefinition> byId = new ConcurrentHashMap<>();

  static NetworkDefinition predefined(
      NetworkSettings settings, String name, Driver driver, Instant created) {
    return new NetworkDefinition(
        settings.predefinedId(name),
        name,
        driver,
        created,
        Optional.empty(),
        Optional.empty(),
        AskedAddresses.NONE,
        false,
        false,
        Map.of(),
        Map.of());
  }

  void put(NetworkDefinition network) {
    byId.put(network.id(), network);
  }

  void remove(String id) {
    byId.remove(id);
  }

  Collection<NetworkDefinition> all() {
    return List.copyOf(byId.values());
  }

  /**
   * Finds by id, name, or unique prefix of an id, in this order.
   *
   * @throws ApiException 404 if there is none, 400 if a prefix is ambiguous
   */
  NetworkDefinition resolve(String nameOrId) throws ApiException {
    String wanted = nameOrId.equals("default") ? "bridge" : nameOrId;
    Optional<NetworkDefinition> exact = byId(wanted).or(() -> named(wanted));
    if (exact.isPresent()) {
      return exact.get();
    }
    List<NetworkDefinition> matches =
        wanted.isEmpty()
            ? List.of()
            : byId.values().stream().filter(network -> network.id().startsWith(wanted)).toList();
    if (matches.isEmpty()) {
      throw ApiException.notFound("network " + nameOrId + " not found");
    }
    if (matches.size() > 1) {
      throw ApiException.badRequest(
          "network %s is ambiguous (%d matches found based on ID prefix)"
              .formatted(nameOrId, matches.size()));
    }
    return matches.getFirst();
  }

  Optional<NetworkDefinition> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<NetworkDefinition> named(String name) {
    return byId.values().stream().filter(network -> network.name().equals(name)).findFirst();
  }
}
