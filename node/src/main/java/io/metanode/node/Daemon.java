package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeFacts;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeState;
import io.metanode.cli.Waiting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts the node as a process of its own session, which outlives this one and its terminal. */
final class Daemon {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SHOWN_LINES = 20;

  private final NodeHome home;

  Daemon(NodeHome home) {
    this.home = home;
  }

  /** Returns once the node is ready; shows its last words if it ends before that. */
  void start() throws IOException {
    if (NodeState.of(home) instanceof NodeState.Running(NodeFacts facts)) {
      System.err.println("a node already runs on " + home.directory());
      describe(facts);
      return;
    }
    Process process = launch();
    boolean ready =
        Waiting.until(
            () -> !process.isAlive() || NodeState.of(home) instanceof NodeState.Running,
            PATIENCE,
            "starting the node");
    if (NodeState.of(home) instanceof NodeState.Running(NodeFacts facts)) {
      describe(facts);
      return;
    }
    throw new CommandException(
        ready
            ? "the node ended with exit code " + process.exitValue() + ":\n" + why()
            : "the node is not ready after " + PATIENCE.toSeconds() + " s; see " + home.logFile());
  }

  private Process launch() throws IOException {
    String launcher = System.getProperty("metanode.launcher");
    if (launcher == null) {
      throw new CommandException(
          "start the daemon by ./metanode, which knows how to start it anew");
    }
    home.create();
    Files.createDirectories(home.outputFile().getParent());
    Files.writeString(home.outputFile(), "");
    ProcessBuilder builder =
        new ProcessBuilder("setsid", launcher, "up", "--log-to-file")
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.outputFile().toFile()))
            .redirectErrorStream(true);
    builder.environment().put("METANODE_HOME", home.directory().toString());
    return builder.start();
  }

  /** On a full disk its last words found no room either. */
  private String why() throws IOException {
    String words = lastWords();
    return words.isBlank() && Room.isLackingAt(home.directory())
        ? Room.message(home.directory())
        : words;
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(home.outputFile());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  private static void describe(NodeFacts facts) {
    Path socket = facts.dockerSocket();
    System.out.println(
        """
        The node is ready (process %d).
          docker socket   %s
          receipts        %s
          log             %s
        Next:
          export DOCKER_HOST='unix://%s'; docker info
          metanode receipts tail      metanode status      metanode down"""
            .formatted(facts.pid(), socket, facts.receiptsDirectory(), facts.logFile(), socket));
  }
}
