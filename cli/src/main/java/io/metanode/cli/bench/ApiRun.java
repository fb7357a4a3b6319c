package io.metanode.cli.bench;

import io.metanode.cli.CommandException;
import io.metanode.cli.EngineCall;
import io.metanode.cli.EngineClient;
import io.metanode.foundation.SystemClock;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A container's life as {@code docker run --rm} asks for it: create, attach, wait for the removal,
 * start, then all output and the removal. How long the docker client's own process takes is not in
 * it, which is what a client that runs already sees: an orchestrator, or a suite of tests.
 */
final class ApiRun {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String API = "/v1.41/containers/";

  private final EngineClient engine;
  private final String create;

  /**
   * @param socket where the engine listens
   */
  ApiRun(Path socket, String network, String image) {
    engine = new EngineClient(socket);
    ObjectNode json =
        JSON.createObjectNode()
            .put("Image", image)
            .put("AttachStdout", true)
            .put("AttachStderr", true);
    json.putArray("Cmd").add("true");
    json.putObject("HostConfig").put("AutoRemove", true).put("NetworkMode", network);
    create = json.toString();
  }

  /**
   * Runs one.
   *
   * @return milliseconds from before it is created until it is removed
   * @throws CommandException if it could not be run, or failed
   */
  double millis() {
    long begun = SystemClock.INSTANCE.monotonicNanos();
    try {
      String container = API + JSON.readTree(asked(API + "create", create)).path("Id").asString();
      try (EngineCall output = call(container + "/attach?stream=1&stdout=1&stderr=1", "");
          EngineCall removal = call(container + "/wait?condition=removed", "")) {
        asked(container + "/start", "");
        output.body();
        int exit = JSON.readTree(removal.body()).path("StatusCode").asInt(-1);
        if (exit != 0) {
          throw new CommandException("a container ended with " + exit);
        }
      }
    } catch (IOException e) {
      throw new CommandException("no container was run: " + e.getMessage(), e);
    }
    return Workload.since(begun);
  }

  private String asked(String target, String body) throws IOException {
    try (EngineCall call = call(target, body)) {
      return call.body();
    }
  }

  private EngineCall call(String target, String body) throws IOException {
    EngineCall call = engine.call("POST", target, body);
    if (call.status() >= 400) {
      try (call) {
        throw new IOException("POST %s: %s".formatted(target, call.body().strip()));
      }
    }
    return call;
  }
}
