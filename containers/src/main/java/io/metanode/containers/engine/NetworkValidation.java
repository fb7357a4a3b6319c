package io.metanode.containers.engine;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Link;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what a client asks of networks when it creates a container, with Docker's words. */
final class NetworkValidation {

  static final String HOST_AND_LINKS =
      "conflicting options: host type networking can't be used with links. This would result in"
          + " undefined behavior";

  private static final String UTS = "hostname and the UTS mode";

  private NetworkValidation() {}

  /**
   * @throws ApiException 400
   */
  static void check(ContainerConfig config, HostConfig host, ObjectNode networking)
      throws ApiException {
    WantedNetworks.checkMac(config.macAddress());
    JsonNode endpoints = networking.path("EndpointsConfig");
    for (Map.Entry<String, JsonNode> endpoint : endpoints.properties()) {
      WantedNetworks.checked(endpoint.getKey(), endpoint.getValue());
    }
    String mode = host.networkMode();
    boolean alone = mode.equals("none") || mode.equals("host");
    for (String name : endpoints.propertyNames()) {
      boolean more = alone && !name.equals(mode) && !name.equals("default");
      boolean other = !alone && (name.equals("none") || name.equals("host"));
      if (more || other) {
        throw ApiException.badRequest(
            "conflicting options: cannot attach both user-defined and non-user-defined"
                + " network-modes");
      }
    }
    for (String link : host.links()) {
      if (Link.parse(link).target().isEmpty() || Link.parse(link).alias().isEmpty()) {
        throw ApiException.badRequest("bad format for links: " + link);
      }
    }
  }

  /**
   * Checks what goes with the network mode at all, before any container is looked up.
   *
   * @param config as the client gave it, without what its image says
   * @throws ApiException 400
   */
  static void checkMode(ContainerConfig config, HostConfig host) throws ApiException {
    String mode = host.networkMode();
    if (mode.equals("container") || host.networkContainer().isPresent()) {
      checkShared(config, host);
    }
    conflict(host.utsMode().equals("host") && !config.hostname().isEmpty(), UTS);
    if (mode.equals("host") && !host.links().isEmpty()) {
      throw ApiException.badRequest(HOST_AND_LINKS);
    }
  }

  /** What another container has settled. */
  private static void checkShared(ContainerConfig config, HostConfig host) throws ApiException {
    if (host.networkContainer().orElse("").isEmpty()) {
      throw ApiException.badRequest(
          "invalid network mode: invalid container format container:<name|id>");
    }
    conflict(!config.hostname().isEmpty(), "hostname and the network mode");
    conflict(
        !host.links().isEmpty(),
        "container type network can't be used with links. This would result in undefined"
            + " behavior");
    conflict(!host.dnsServers().isEmpty(), "dns and the network mode");
    conflict(!host.extraHosts().isEmpty(), "custom host-to-IP mapping and the network mode");
    conflict(
        !host.portBindings().isEmpty() || host.publishAllPorts(),
        "port publishing and the container type network mode");
    conflict(!config.exposedPorts().isEmpty(), "port exposing and the container type network mode");
  }

  private static void conflict(boolean there, String what) throws ApiException {
    if (there) {
      throw ApiException.badRequest("conflicting options: " + what);
    }
  }
}
