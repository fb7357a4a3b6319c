package io.metanode.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stops the node. */
@Command(
    name = "down",
    description = "Stop the node. Containers go on running unless told otherwise.")
final class DownCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--stop-containers", description = "stop every running container first")
  boolean stopContainers;

  @Override
  public Integer call() {
    NodeHome home = NodeHome.fromEnvironment();
    PrintWriter out = spec.commandLine().getOut();
    switch (NodeState.of(home)) {
      case NodeState.Stopped() -> out.println("no node runs on " + home.directory());
      case NodeState.Starting(long pid) -> terminate(home, pid, out);
      case NodeState.Running(NodeFacts facts) -> {
        if (stopContainers) {
          stopContainers(new EngineClient(facts.dockerSocket()), out);
        }
        terminate(home, facts.pid(), out);
      }
    }
    return 0;
  }

  private static void stopContainers(EngineClient engine, PrintWriter out) {
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      String listed = engine.request("GET", "/containers/json").body();
      for (JsonNode container : JsonMapper.builder().build().readTree(listed)) {
        String id = container.path("Id").asString();
        tasks.execute(() -> stop(engine, id, out));
      }
    } catch (IOException e) {
      throw new CommandException("cannot stop the containers: " + e.getMessage(), e);
    }
  }

  private static void stop(EngineClient engine, String id, PrintWriter out) {
    try {
      int status = engine.request("POST", "/containers/" + id + "/stop").status();
      out.println((status < 400 ? "stopped " : "could not stop ") + id);
    } catch (IOException e) {
      out.println("could not stop " + id + ": " + e.getMessage());
    }
  }

  private static void terminate(NodeHome home, long pid, PrintWriter out) {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new CommandException("process " + pid + " is not to be seen"));
    if (!process.destroy()) {
      throw new CommandException("may not signal process " + pid + "; run as the node's user");
    }
    boolean ended =
        Waiting.until(
            () -> NodeState.of(home) instanceof NodeState.Stopped,
            PATIENCE,
            "waiting for the node to stop");
    if (!ended) {
      throw new CommandException(
          "process "
              + pid
              + " has not stopped in "
              + PATIENCE.toSeconds()
              + " s; see its log: "
              + home.logFile());
    }
    out.println("the node has stopped");
  }
}
