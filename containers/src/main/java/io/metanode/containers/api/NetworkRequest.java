package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.BridgeOptions;
import io.metanode.containers.network.NetworkDefinition;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /networks/create}. */
final class NetworkRequest {

  /** Names of the networks every engine has. */
  static final Set<String> PREDEFINED = Set.of("bridge", "host", "none");

  private NetworkRequest() {}

  /**
   * @throws ApiException 400 if something is malformed, 403 for a predefined name, 404 for an
   *     unknown driver, for what bridges here cannot do 400
   */
  static NetworkDefinition parse(JsonNode body, Randomness randomness, Clock clock)
      throws ApiException {
    String name = body.path("Name").asString("").strip();
    if (name.isEmpty()) {
      throw ApiException.badRequest("invalid name: name is empty");
    }
    if (!name.matches("[^\\p{Cntrl}/]{1,255}")) {
      throw ApiException.badRequest(
          "invalid network name: no / and no control characters: \"" + name + "\"");
    }
    if (PREDEFINED.contains(name) || name.equals("default")) {
      throw ApiException.forbidden("operation is not permitted on predefined " + name + " network");
    }
    checkDriver(body.path("Driver").asString(""));
    Map<String, String> options = texts(body.path("Options"));
    BridgeOptions.of(options);
    AddressRequests addresses =
        AddressRequests.parse(
            body.path("IPAM"), body.path("EnableIPv6").asBoolean(false), randomness);
    return new NetworkDefinition(
        HexFormat.of().formatHex(randomness.bytes(32)),
        name,
        Driver.BRIDGE,
        clock.now(),
        addresses.addresses(),
        addresses.addresses6(),
        addresses.asked(),
        body.path("Internal").asBoolean(false),
        body.path("Attachable").asBoolean(false),
        texts(body.path("Labels")),
        options);
  }

  private static void checkDriver(String driver) throws ApiException {
    switch (driver) {
      case "", "bridge", "default" -> {}
      case "host", "null" ->
          throw ApiException.forbidden(
              "only one instance of \"" + driver + "\" network is allowed");
      default ->
          throw ApiException.notFound(
              "could not find plugin " + driver + " in v1 plugin registry: plugin not found");
    }
  }

  private static Map<String, String> texts(JsonNode node) throws ApiException {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isString()) {
        throw ApiException.badRequest("invalid JSON: " + entry.getKey() + " must be a string");
      }
      texts.put(entry.getKey(), entry.getValue().asString());
    }
    return texts;
  }
}
