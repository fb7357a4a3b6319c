package io.metanode.node;

import io.metanode.cli.NodeHome;
import io.metanode.cli.process.BusyboxImage;
import io.metanode.cli.process.Program;
import io.metanode.foundation.SystemClock;
import io.metanode.node.training.EngineTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the start-up cache is made from: a run that loads what real runs load. With a home for it, a
 * node is started there and runs containers; the caller takes home, network and mounts away.
 */
@Command(
    name = "train",
    hidden = true,
    description = "Exercise the program for its start-up cache.")
final class TrainCommand implements Callable<Integer> {

  private static final Duration TIME = Duration.ofSeconds(6);

  private static final List<String[]> RUNS =
      List.of(
          new String[] {"--version"},
          new String[] {"--help"},
          new String[] {"status"},
          new String[] {"status", "-o", "json"},
          new String[] {"up", "--help"});

  @Option(names = "--home", paramLabel = "DIR", description = "a throw-away home for a node")
  @Nullable Path directory;

  @Override
  public Integer call() {
    RUNS.forEach(run -> Main.commandLine().execute(run));
    Optional.ofNullable(directory)
        .filter(
            any -> NodeHome.isRoot() && Program.isInstalled("runc") && BusyboxImage.isPossible())
        .ifPresent(TrainCommand::trainNode);
    return 0;
  }

  /** What fails here costs speed later and nothing else. */
  private static void trainNode(Path directory) {
    NodeHome home = new NodeHome(directory, directory.resolve("run"));
    try {
      NodeConfig config = NodeConfig.read(home);
      Node node = Node.start(home, config, SystemClock.INSTANCE);
      try {
        EngineTraining.run(config.dockerSocket(), SystemClock.INSTANCE, TIME);
      } finally {
        node.close();
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("the node was trained no further: " + e);
    }
  }
}
