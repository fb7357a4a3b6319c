package io.metanode.containers.engine;

import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.PortMapping;
import io.metanode.receipts.Usage;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of {@code state.json}. */
final class StateFile {

  private StateFile() {}

  static ObjectNode json(State state) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", 1);
    json.put("name", state.name());
    json.put("status", state.status().word());
    json.set("run", json(state.run()));
    state.lease().ifPresent(lease -> json.set("lease", json(lease)));
    state.networks().ifPresent(asked -> json.set("networks", EndpointJson.json(asked)));
    json.set("links", ContainerLink.json(state.links()));
    json.put("stoppedByHand", state.stoppedByHand());
    json.put("restarts", state.restarts());
    json.set("restartPolicy", state.restartPolicy().json());
    json.set("meter", json(state.meter()));
    json.put("volumesGo", state.volumesGo());
    return json;
  }

  static State read(JsonNode json) {
    return new State(
        json.path("name").asString(),
        Status.of(json.path("status").asString()),
        run(json.path("run")),
        json.has("lease") ? Optional.of(lease(json.path("lease"))) : Optional.empty(),
        json.has("networks")
            ? Optional.of(EndpointJson.requests(json.path("networks")))
            : Optional.empty(),
        ContainerLink.read(json.path("links")),
        json.path("stoppedByHand").asBoolean(false),
        json.path("restarts").asInt(0),
        RestartPolicy.of(json.path("restartPolicy")),
        counts(json.path("meter")),
        json.path("volumesGo").asBoolean(false));
  }

  private static ObjectNode json(Run run) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("directory", run.directory())
        .put("pid", run.pid())
        .put("exitCode", run.exitCode())
        .put("outOfMemory", run.outOfMemory())
        .put("error", run.error())
        .put("startedAt", run.startedAt().toString())
        .put("finishedAt", run.finishedAt().toString());
  }

  private static Run run(JsonNode json) {
    return new Run(
        json.path("directory").asString(""),
        json.path("pid").asInt(0),
        json.path("exitCode").asInt(0),
        json.path("outOfMemory").asBoolean(false),
        json.path("error").asString(""),
        Instant.parse(json.path("startedAt").asString()),
        Instant.parse(json.path("finishedAt").asString()));
  }

  private static ObjectNode json(LeaseRecord lease) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode endpoints = json.putArray("endpoints");
    lease.endpoints().forEach(endpoint -> endpoints.add(EndpointJson.json(endpoint)));
    json.put("goneBytes", lease.goneBytes());
    ArrayNode ports = json.putArray("ports");
    for (PortMapping port : lease.ports()) {
      ObjectNode entry =
          ports
              .addObject()
              .put("containerPort", port.containerPort())
              .put("protocol", port.protocol())
              .put("hostPort", port.hostPort());
      port.hostAddress().ifPresent(address -> entry.put("hostAddress", address));
    }
    return json;
  }

  private static LeaseRecord lease(JsonNode json) {
    List<Endpoint> endpoints = new ArrayList<>();
    json.path("endpoints").forEach(each -> endpoints.add(EndpointJson.endpoint(each)));
    if (json.has("networkId")) {
      endpoints.add(EndpointJson.endpoint(json));
    }
    List<PortMapping> ports = new ArrayList<>();
    for (JsonNode port : json.path("ports")) {
      ports.add(
          new PortMapping(
              port.path("containerPort").asInt(),
              port.path("protocol").asString(),
              port.has("hostAddress")
                  ? Optional.of(port.path("hostAddress").asString())
                  : Optional.empty(),
              port.path("hostPort").asInt()));
    }
    return new LeaseRecord(endpoints, ports, json.path("goneBytes").asLong(0));
  }

  private static ObjectNode json(Counts counts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode taken = json.putArray("taken");
    for (Counts.Taken one : counts.taken()) {
      taken
          .addObject()
          .put("position", one.position())
          .put("cpuMs", one.usage().cpuMs())
          .put("memoryMbS", one.usage().memoryMbS())
          .put("storageGbDay", one.usage().storageGbDay())
          .put("egressMb", one.usage().egressMb())
          .put("receiptsCount", one.usage().receiptsCount());
    }
    return json.put("cpuNanos", counts.cpuNanos())
        .put("egressBytes", counts.egressBytes())
        .put("memoryBytes", counts.memoryBytes())
        .put("memoryAt", counts.memoryAt().toString())
        .put("storageBytes", counts.storageBytes())
        .put("storageAt", counts.storageAt().toString())
        .put("dueCpuNanos", counts.dueCpuNanos())
        .put("dueEgressBytes", counts.dueEgressBytes())
        .put("dueMemoryByteNanos", counts.dueMemoryByteNanos().toString())
        .put("dueStorageByteNanos", counts.dueStorageByteNanos().toString());
  }

  private static Counts counts(JsonNode json) {
    return new Counts(
        json.path("cpuNanos").asLong(),
        json.path("egressBytes").asLong(),
        json.path("memoryBytes").asLong(),
        Instant.parse(json.path("memoryAt").asString()),
        json.path("storageBytes").asLong(),
        Instant.parse(json.path("storageAt").asString()),
        json.path("dueCpuNanos").asLong(),
        json.path("dueEgressBytes").asLong(),
        new BigInteger(json.path("dueMemoryByteNanos").asString()),
        new BigInteger(json.path("dueStorageByteNanos").asString()),
        taken(json.path("taken")));
  }

  private static List<Counts.Taken> taken(JsonNode json) {
    List<Counts.Taken> taken = new ArrayList<>();
    for (JsonNode one : json) {
      if (!one.has("position")) {
        continue; // Of an earlier version, which ended in order before this one began.
      }
      taken.add(
          new Counts.Taken(
              one.path("position").asLong(),
              new Usage(
                  one.path("cpuMs").asLong(),
                  one.path("memoryMbS").asLong(),
                  one.path("storageGbDay").asLong(),
                  one.path("egressMb").asLong(),
                  one.path("receiptsCount").asLong())));
    }
    return taken;
  }
}
