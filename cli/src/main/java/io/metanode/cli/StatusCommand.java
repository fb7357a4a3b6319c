package io.metanode.cli;

import io.metanode.foundation.SystemClock;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LedgerHome;
import io.metanode.ledger.LogLedger;
import io.metanode.ledger.LogStanding;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says whether the node runs, and where everything of it lies. */
@Command(
    name = "status",
    description = "Show whether the node runs and where its endpoints are. Exit 3: not running.")
final class StatusCommand implements Callable<Integer> {

  private static final int NOT_RUNNING = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  enum Output {
    text,
    json
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      description = "text or json",
      defaultValue = "text")
  Output output = Output.text;

  @Override
  public Integer call() {
    NodeHome home = NodeHome.fromEnvironment();
    NodeState state = NodeState.of(home);
    ObjectNode json = describe(home, state);
    PrintWriter out = spec.commandLine().getOut();
    if (output == Output.json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    } else {
      json.forEachEntry((key, value) -> out.printf("%-20s %s%n", key, text(value)));
    }
    return state instanceof NodeState.Running ? 0 : NOT_RUNNING;
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : value.toString();
  }

  private static ObjectNode describe(NodeHome home, NodeState state) {
    ObjectNode json = JSON.createObjectNode();
    switch (state) {
      case NodeState.Running(NodeFacts facts) -> {
        json.put("state", "running").put("home", home.directory().toString());
        json.setAll(facts.json());
        json.put(
            "uptimeSeconds",
            Duration.between(facts.startedAt(), SystemClock.INSTANCE.now()).toSeconds());
        addEngine(json, facts);
        addReceipts(json, facts);
        addLedger(json, home, facts);
      }
      case NodeState.Starting(long pid) ->
          json.put("state", "starting").put("home", home.directory().toString()).put("pid", pid);
      case NodeState.Stopped() ->
          json.put("state", "stopped").put("home", home.directory().toString());
    }
    return json;
  }

  /** What the engine answers now; a node that hangs shows here. */
  private static void addEngine(ObjectNode json, NodeFacts facts) {
    try {
      EngineClient.Answer answer = new EngineClient(facts.dockerSocket()).request("GET", "/info");
      JsonNode info = JSON.readTree(answer.body());
      ObjectNode containers = json.putObject("containers");
      containers.put("running", info.path("ContainersRunning").asInt(0));
      containers.put("paused", info.path("ContainersPaused").asInt(0));
      containers.put("stopped", info.path("ContainersStopped").asInt(0));
      json.put("images", info.path("Images").asInt(0));
    } catch (IOException | JacksonException e) {
      json.put("engineError", String.valueOf(e.getMessage()));
    }
  }

  private static void addReceipts(ObjectNode json, NodeFacts facts) {
    try {
      json.put("receipts", facts.receiptsCount());
    } catch (IOException e) {
      json.put("receiptsError", "cannot read the log: " + e);
    }
  }

  /** What the validator inside the node answers; nothing where it is turned off. */
  private static void addLedger(ObjectNode json, NodeHome home, NodeFacts facts) {
    LedgerHome ledger = new LedgerHome(home.ledgerDirectory());
    try {
      Optional<ValidatorFacts> validator =
          ValidatorFacts.read(ledger.status()).filter(v -> v.pid() == facts.pid());
      if (validator.isPresent()) {
        json.put("ledgerApi", validator.get().api()).put("ledgerChain", validator.get().chain());
        try (LedgerClient client = new LedgerClient(URI.create(validator.get().api()))) {
          json.put("ledgerHeight", client.get("/v1/status").required("height").asLong());
        }
      }
      Optional<LogBlockFacts> logBlocks = LogBlockFacts.of(home);
      if (logBlocks.isPresent()) {
        addLogBlocks(json, logBlocks.get(), facts);
      }
    } catch (IOException e) {
      json.put("ledgerError", String.valueOf(e.getMessage()));
    }
  }

  /** What is final, and what keeps the rest from it. */
  private static void addLogBlocks(ObjectNode json, LogBlockFacts logBlocks, NodeFacts facts)
      throws IOException {
    json.put("finalAt", logBlocks.api());
    if (!logBlocks.problem().isEmpty()) {
      json.put("finalProblem", logBlocks.problem());
    }
    try (LogLedger ledger = LogLedger.connect(URI.create(logBlocks.api()))) {
      Optional<LogStanding> standing = ledger.standing(facts.receiptsOrigin());
      json.put("logBlocks", standing.map(log -> log.number() + 1).orElse(0L));
      json.put("receiptsFinal", standing.map(LogStanding::size).orElse(0L));
    }
  }
}
