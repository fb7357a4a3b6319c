package io.metanode.containers.api;

import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.DetachKeys;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.engine.Exec;
import io.metanode.containers.engine.Execs;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /containers/{id}/exec} and {@code /exec}. */
public final class ExecEndpoints {

  private final Engine engine;

  public ExecEndpoints(Engine engine) {
    this.engine = engine;
  }

  public void register(Router router) {
    router.route("POST", "/containers/{id}/exec", this::create);
    router.route("POST", "/exec/{id}/start", this::start);
    router.route("POST", "/exec/{id}/resize", this::resize);
    router.route("GET", "/exec/{id}/json", this::inspect);
  }

  private void create(HttpExchange exchange) throws ApiException, IOException {
    ExecConfig config = new ExecConfig(Shapes.EXEC.read(exchange.json()));
    String asked = exchange.parameter("id");
    Container container = engine.containers().resolve(asked);
    Exec exec = engine.execs().create(exchange.actor(), container, asked, config);
    exchange.send(201, JsonNodeFactory.instance.objectNode().put("Id", exec.id()));
  }

  private void start(HttpExchange exchange) throws ApiException, IOException {
    JsonNode wish = Shapes.EXEC_START.read(exchange.json());
    Exec exec = engine.execs().resolve(exchange.parameter("id"));
    if (wish.path("Detach").asBoolean(false)) {
      engine.execs().startDetached(exchange.actor(), exec);
      exchange.send(200);
      return;
    }
    boolean raw = wish.path("Tty").asBoolean(false);
    engine
        .execs()
        .startAttached(
            exchange.actor(),
            exec,
            DetachKeys.parse(exec.config().detachKeys()),
            new Execs.Screen(raw, size(wish)),
            () -> exchange.hijack(ContainerStreamEndpoints.contentType(exchange, raw)));
  }

  private static List<Integer> size(JsonNode wish) {
    JsonNode size = wish.path("ConsoleSize");
    return size.size() == 2 ? List.of(size.path(0).asInt(0), size.path(1).asInt(0)) : List.of();
  }

  private void resize(HttpExchange exchange) throws ApiException, IOException {
    int rows = ContainerEndpoints.size(exchange, "h");
    int columns = ContainerEndpoints.size(exchange, "w");
    engine.execs().resize(engine.execs().resolve(exchange.parameter("id")), rows, columns);
    exchange.send(200);
  }

  private void inspect(HttpExchange exchange) throws ApiException, IOException {
    Exec exec = engine.execs().resolve(exchange.parameter("id"));
    ExecConfig config = exec.config();
    Exec.Progress progress = exec.progress();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ID", exec.id());
    json.put("Running", progress.phase() == Exec.Phase.RUNNING);
    if (progress.phase() == Exec.Phase.EXITED) {
      json.put("ExitCode", progress.exitCode());
    } else {
      json.putNull("ExitCode");
    }
    ObjectNode process = json.putObject("ProcessConfig");
    process.put("tty", config.terminal());
    process.put("entrypoint", config.command().getFirst());
    ArrayNode arguments = process.putArray("arguments");
    config.command().stream().skip(1).forEach(arguments::add);
    process.put("privileged", config.privileged());
    if (!config.user().isEmpty()) {
      process.put("user", config.user());
    }
    json.put("OpenStdin", config.attachStdin());
    json.put("OpenStderr", config.attachStderr());
    json.put("OpenStdout", config.attachStdout());
    json.put("CanRemove", false);
    json.put("ContainerID", exec.container().id());
    json.put("DetachKeys", "");
    json.put("Pid", progress.pid());
    exchange.send(200, json);
  }
}
