package io.metanode.node;

import io.metanode.billing.BillFiles;
import io.metanode.billing.HourlyBilling;
import io.metanode.billing.PriceSource;
import io.metanode.billing.ReceiptSource;
import io.metanode.cli.CommandException;
import io.metanode.cli.NodeFacts;
import io.metanode.cli.NodeHome;
import io.metanode.cli.NodeLock;
import io.metanode.cli.Version;
import io.metanode.containers.DockLock;
import io.metanode.foundation.Clock;
import io.metanode.node.duties.GovernedPrices;
import io.metanode.node.memory.RestingMemory;
import io.metanode.policy.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running node: the lock of its home, the log of receipts, the engine, and its word that it is
 * ready, taken in that order and given back in reverse.
 */
final class Node implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Node.class.getName());

  private final Deque<AutoCloseable> taken = new ArrayDeque<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Node() {}

  /**
   * Starts a node; it serves when this returns.
   *
   * @throws IOException if something it needs is not to be had; nothing stays behind
   */
  static Node start(NodeHome home, NodeConfig config, Clock clock) throws IOException {
    Node node = new Node();
    try {
      node.take(home, config, clock);
      return node;
    } catch (IOException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void take(NodeHome home, NodeConfig config, Clock clock) throws IOException {
    Instant startedAt = clock.now();
    home.create();
    taken.push(lock(home));
    Files.deleteIfExists(home.statusFile());
    Receipts receipts = Receipts.open(home, config, clock);
    taken.push(receipts.log());
    PolicyDocument policy = Policies.load(config.policyFile());
    NodeReceipts own = new NodeReceipts(receipts.log(), policy, clock, config);
    own.started(startedAt);
    taken.push(() -> own.stopped(clock.now()));
    BillFiles files = new BillFiles(Files.createDirectories(home.billsDirectory()));
    Optional<GovernedPrices> governed =
        config.billing().governed()
            ? Optional.of(GovernedPrices.open(files, config.billing().genesis()))
            : Optional.empty();
    HourlyBilling billing = billing(home, files, governed, receipts, policy, clock);
    taken.push(Biller.start(billing));
    DockLock engine =
        Engines.open(home, config, receipts.log(), new CreditPolicy(policy, billing::owed), clock);
    taken.push(engine);
    engine.start();
    if (config.remote().isPresent()) {
      int port = engine.serveRemotely(config.remote().get());
      LOG.log(
          System.Logger.Level.INFO,
          "serves clients with certificates on TCP port {0}",
          Integer.toString(port));
    }
    engine.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    taken.push(
        OwnerSocket.open(home.nodeSocket(), receipts.log(), OwnerSocket.Payments.of(billing)));
    NodeFacts facts =
        new NodeFacts(
            ProcessHandle.current().pid(),
            Version.current(),
            startedAt,
            config.dockerSocket(),
            home.receiptsDirectory(),
            receipts.publicKey(),
            receipts.origin(),
            home.runDirectory(),
            home.configFile(),
            home.logFile());
    Duties duties = new Duties(home, config, receipts, billing, files, governed, policy, clock);
    Finality.start(home, config.ledger(), receipts, duties, clock).forEach(taken::push);
    taken.push(() -> Files.deleteIfExists(home.statusFile()));
    facts.write(home.statusFile());
    LOG.log(
        System.Logger.Level.INFO,
        "ready on {0} after {1} ms",
        config.dockerSocket(),
        Long.toString(Duration.between(startedAt, clock.now()).toMillis()));
    taken.push(RestingMemory.start(receipts.log()::size));
  }

  private static HourlyBilling billing(
      NodeHome home,
      BillFiles files,
      Optional<GovernedPrices> governed,
      Receipts receipts,
      PolicyDocument policy,
      Clock clock) {
    return new HourlyBilling(
        files,
        governed.<PriceSource>map(prices -> prices).orElse(PriceSource.of(files.prices())),
        ReceiptSource.of(home.receiptsDirectory()),
        receipts.log(),
        policy.digest(),
        clock);
  }

  private static NodeLock lock(NodeHome home) throws IOException {
    return NodeLock.acquire(home.lockFile())
        .orElseThrow(
            () ->
                new CommandException(
                    "another node runs on "
                        + home.directory()
                        + "; stop it with metanode down, or set METANODE_HOME to another"));
  }

  void awaitClosed() throws InterruptedException {
    closed.await();
  }

  /** Gives everything back, last first; containers go on running. Only the first call does it. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    while (!taken.isEmpty()) {
      AutoCloseable next = taken.pop();
      try {
        next.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.ERROR, "could not stop in order", e);
      }
    }
    LOG.log(System.Logger.Level.INFO, "stopped");
    closed.countDown();
  }
}
