package io.metanode.node;

import io.metanode.cli.NodeHome;
import io.metanode.foundation.SystemClock;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the node. */
@Command(name = "up", description = "Start the node: in the foreground, or as a daemon with -d.")
final class UpCommand implements Callable<Integer> {

  @Option(
      names = {"-d", "--detach"},
      description = "run as a daemon and return when it is ready")
  boolean detach;

  @Option(names = "--log-to-file", hidden = true)
  boolean logToFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    NodeHome home = NodeHome.fromEnvironment();
    try {
      if (detach) {
        new Daemon(home).start();
      } else {
        run(home);
      }
      return 0;
    } catch (IOException e) {
      if (Room.isLacking(e)) {
        throw Room.explained(home.directory(), e);
      }
      throw e;
    }
  }

  private void run(NodeHome home) throws IOException, InterruptedException {
    NodeConfig config = NodeConfig.read(home);
    if (logToFile) {
      NodeLog.toFile(home.logFile(), config.logLevel());
    } else {
      NodeLog.toTerminal(config.logLevel());
    }
    try (Node node = Node.start(home, config, SystemClock.INSTANCE)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(node::close));
      node.awaitClosed();
    }
  }
}
