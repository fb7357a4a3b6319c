package io.metanode.containers.api;

import io.metanode.containers.config.Shapes;
import io.metanode.containers.engine.Container;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.ApiVersion;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What requests of older versions of the API mean in the newest, as Docker has it: defaults that
 * changed, and fields that were not there and are not heeded.
 */
final class OlderClients {

  /** The first version with limits of processes in updates, and with memory private by default. */
  private static final int PRIVATE_IPC = 40;

  /** The first version with several networks at creation, and addresses of links by network. */
  private static final int NETWORKS_AT_CREATE = 44;

  /** The first version in which a read-only bind mount is so with all that is mounted below it. */
  private static final int RECURSIVE_READ_ONLY = 44;

  /** The first version that tells the names of a container on a network apart from its aliases. */
  private static final int NAMES_BESIDE_ALIASES = 45;

  /** The first version that mounts parts of volumes. */
  private static final int PARTS_OF_VOLUMES = 45;

  /** The first version that mounts the files of images. */
  private static final int IMAGES_MOUNTED = 48;

  private OlderClients() {}

  /** Changes the body of {@code POST /containers/create} in place. */
  static void adaptCreate(ApiVersion version, JsonNode body) throws ApiException {
    if (!version.atLeast(NETWORKS_AT_CREATE)
        && body.path("NetworkingConfig").path("EndpointsConfig").size() > 1) {
      throw ApiException.badRequest(
          "Container cannot be created with multiple network endpoints: "
              + String.join(
                  ", ", body.path("NetworkingConfig").path("EndpointsConfig").propertyNames()));
    }
    String mode = body.path("HostConfig").path("NetworkMode").asString("");
    if (!version.atLeast(NETWORKS_AT_CREATE)
        && !body.path("MacAddress").asString("").isEmpty()
        && (mode.equals("host") || mode.equals("none") || mode.startsWith("container:"))) {
      throw ApiException.badRequest("conflicting options: mac-address and the network mode");
    }
    if (!(body.path("HostConfig") instanceof ObjectNode host)) {
      return;
    }
    for (JsonNode mount : host.path("Mounts")) {
      if (!version.atLeast(PARTS_OF_VOLUMES)
          && !mount.path("VolumeOptions").path("Subpath").asString("").isEmpty()) {
        throw ApiException.badRequest("VolumeOptions.Subpath needs API v1.45 or newer");
      }
      if (!version.atLeast(IMAGES_MOUNTED) && mount.path("Type").asString("").equals("image")) {
        throw ApiException.badRequest("Mount type \"Image\" needs API v1.48 or newer");
      }
    }
    if (!version.atLeast(PRIVATE_IPC) && host.path("IpcMode").asString("").isEmpty()) {
      host.put("IpcMode", "shareable");
    }
    host.put(Shapes.READ_ONLY_BY_ITSELF, !version.atLeast(RECURSIVE_READ_ONLY));
  }

  /** Names beside the aliases, which newer clients find in {@code DNSNames}. */
  static void adaptInspect(ApiVersion version, Container container, ObjectNode inspected) {
    if (version.atLeast(NAMES_BESIDE_ALIASES)) {
      return;
    }
    for (Map.Entry<String, JsonNode> network :
        inspected.path("NetworkSettings").path("Networks").properties()) {
      if (!NetworkRequest.PREDEFINED.contains(network.getKey())) {
        Set<String> names = new LinkedHashSet<>();
        network.getValue().path("Aliases").forEach(alias -> names.add(alias.asString("")));
        names.add(container.shortId());
        names.add(container.definition().config().hostname());
        ArrayNode aliases = ((ObjectNode) network.getValue()).putArray("Aliases");
        names.forEach(aliases::add);
      }
    }
  }

  /** Changes the body of {@code POST /containers/(id)/update} in place. */
  static void adaptUpdate(ApiVersion version, JsonNode body) {
    if (!version.atLeast(PRIVATE_IPC) && body instanceof ObjectNode update) {
      update.remove("PidsLimit");
    }
  }
}
