package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeFacts;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeLock;
import io.metanode.cli.Version;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running node: the lock of its home, the log of receipts, the engine, and its word that it is
 * ready, taken in that order and given back in reverse.
 */
final class Node implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Node.class.getName());

  private final NodeHome home;
  private final NodeLock lock;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Node(NodeHome home, NodeLock lock) {
    this.home = home;
    this.lock = lock;
  }

  static Node start(NodeHome home, NodeConfig config, Clock clock) throws IOException {
    Instant startedAt = clock.now();
    privateDirectory(home.directory());
    NodeLock lock =
        NodeLock.acquire(home.lockFile())
            .orElseThrow(
                () ->
                    new CommandException(
                        "another node runs on "
                            + home.directory()
                            + "; stop it with metanode down, or set METANODE_HOME to another"));
    Files.deleteIfExists(home.statusFile());
    privateDirectory(home.runDirectory());
    Node node = new Node(home, lock);
    new NodeFacts(
            ProcessHandle.current().pid(),
            Version.current(),
            startedAt,
            config.dockerSocket(),
            home.receiptsDirectory(),
            home.receiptsDirectory().resolve("log.pub"),
            "",
            home.runDirectory(),
            home.configFile(),
            home.logFile())
        .write(home.statusFile());
    LOG.log(
        System.Logger.Level.INFO,
        "ready on {0} after {1} ms",
        config.dockerSocket(),
        java.time.Duration.between(startedAt, clock.now()).toMillis());
    return node;
  }

  private static void privateDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Stops in order; containers go on running. Called by the shutdown hook, or by whoever began. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    try {
      Files.deleteIfExists(home.statusFile());
      LOG.log(System.Logger.Level.INFO, "stopped");
      lock.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "could not stop in order", e);
    } finally {
      closed.countDown();
    }
  }
}
