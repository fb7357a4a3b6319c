package io.metanode.node;

import io.metanode.cli.NodeHome;
import io.metanode.testkit.SkippingClock;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;

/**
 * A node whose wall clock is ahead of the host's by the milliseconds of its argument, so that an
 * hour ends when a test needs it to.
 */
final class AheadNodeMain {

  private AheadNodeMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    SkippingClock clock = new SkippingClock();
    clock.skip(Duration.ofMillis(Long.parseLong(arguments[0])));
    NodeHome home = NodeHome.fromEnvironment();
    NodeConfig config = NodeConfig.read(home);
    NodeLog.toFile(home.logFile(), Level.INFO);
    try (Node node = Node.start(home, config, clock)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(node::close));
      node.awaitClosed();
    }
  }
}
