package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Ipv4;
import io.metanode.containers.network.NetworkDefinition;
import io.metanode.containers.network.NetworkDefinition.Addresses;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Subnet;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Randomness;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
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
   *     unknown driver, 501 for what bridges here cannot do
   */
  static NetworkDefinition parse(JsonNode body, Randomness randomness, Clock clock)
      throws ApiException {
    String name = body.path("Name").asString("");
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}")) {
      throw ApiException.badRequest(
          "invalid network name: only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed: \"" + name + "\"");
    }
    if (PREDEFINED.contains(name) || name.equals("default")) {
      throw ApiException.forbidden("operation is not permitted on predefined " + name + " network");
    }
    checkDriver(body.path("Driver").asString(""));
    if (body.path("EnableIPv6").asBoolean(false)) {
      throw new ApiException(501, "networks with IPv6 are not supported yet");
    }
    return new NetworkDefinition(
        HexFormat.of().formatHex(randomness.bytes(32)),
        name,
        Driver.BRIDGE,
        clock.now(),
        addresses(body.path("IPAM").path("Config")),
        body.path("Internal").asBoolean(false),
        texts(body.path("Labels")),
        texts(body.path("Options")));
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

  private static Optional<Addresses> addresses(JsonNode configurations) throws ApiException {
    if (configurations.size() > 1) {
      throw new ApiException(501, "networks with more than one subnet are not supported yet");
    }
    JsonNode configuration = configurations.path(0);
    if (!configuration.path("IPRange").asString("").isEmpty()
        || !configuration.path("AuxiliaryAddresses").isEmpty()) {
      throw new ApiException(
          501, "networks with a range of their own or reserved addresses are not supported yet");
    }
    String text = configuration.path("Subnet").asString("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Subnet subnet =
        Subnet.parse(text).orElseThrow(() -> ApiException.badRequest("invalid subnet: " + text));
    String gateway = configuration.path("Gateway").asString("");
    Ipv4 address =
        gateway.isEmpty()
            ? subnet.firstHost()
            : Ipv4.parse(gateway)
                .filter(subnet::holdsHost)
                .orElseThrow(
                    () ->
                        ApiException.badRequest(
                            "no configured subnet contains gateway " + gateway));
    return Optional.of(new Addresses(subnet, address));
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
