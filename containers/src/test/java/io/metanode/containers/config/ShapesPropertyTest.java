package io.metanode.containers.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.metanode.containers.http.ApiException;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Requests of any form are read, or refused with 400; nothing else comes of them. */
final class ShapesPropertyTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> FIELDS =
      List.of(
          "Hostname",
          "Env",
          "Cmd",
          "Entrypoint",
          "Labels",
          "Volumes",
          "ExposedPorts",
          "Healthcheck",
          "Tty",
          "StopTimeout",
          "HostConfig",
          "NetworkingConfig",
          "Binds",
          "PortBindings",
          "RestartPolicy",
          "Memory",
          "PidsLimit",
          "Mounts",
          "Devices",
          "Ulimits",
          "EndpointsConfig",
          "LogConfig",
          "Tmpfs",
          "SecurityOpt",
          "BlkioWeightDevice",
          "Links",
          "DeviceRequests",
          "StorageOpt",
          "Init",
          "VolumesFrom",
          "UsernsMode",
          "Test",
          "Interval");

  @Test
  void anyRequestIsReadOrRefused() {
    Property.check("shapes", 3000, ShapesPropertyTest::check);
  }

  private static void check(Gen gen) {
    ObjectNode request = object(gen, 0);
    request.set("HostConfig", object(gen, 1));
    try {
      ObjectNode config = Shapes.CONFIG.read(request);
      ObjectNode rest = Shapes.CREATE.read(request);
      ObjectNode host = Shapes.HOST_CONFIG.read(rest.path("HostConfig"));
      ObjectNode networking = Shapes.NETWORKING.read(rest.path("NetworkingConfig"));
      assertEquals(networking, Shapes.NETWORKING.read(networking));
      // What was read reads as itself.
      assertEquals(config, Shapes.CONFIG.read(config));
      assertEquals(host, Shapes.HOST_CONFIG.read(host));
      ContainerConfig container = new ContainerConfig(config);
      if (container.health().isPresent()) {
        container.health().get().check();
      }
      new HostConfig(host).restartPolicy().check();
      Unsupported.refuse(new HostConfig(host));
    } catch (ApiException refused) {
      assertEquals(400, refused.status());
    }
  }

  private static ObjectNode object(Gen gen, int depth) {
    ObjectNode object = NODES.objectNode();
    for (String field : gen.list(0, 6, g -> g.pick(FIELDS))) {
      object.set(field, value(gen, depth + 1));
    }
    return object;
  }

  private static JsonNode value(Gen gen, int depth) {
    return switch (gen.intBetween(0, depth > 4 ? 5 : 7)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(gen.bool());
      case 2 -> NODES.numberNode(gen.nextLong());
      case 3 -> NODES.numberNode(gen.between(-5, 5) / 2.0);
      case 4, 5 -> NODES.stringNode(gen.text(0, 12));
      case 6 -> object(gen, depth);
      default -> {
        ArrayNode array = NODES.arrayNode();
        gen.list(0, 3, g -> value(g, depth + 1)).forEach(array::add);
        yield array;
      }
    };
  }
}
