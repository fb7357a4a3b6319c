package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.BusyboxImage;
import io.metanode.cli.process.Finished;
import io.metanode.crypto.KeyFile;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.foundation.SystemClock;
import io.metanode.ledger.LedgerClient;
import io.metanode.ledger.LogLedger;
import io.metanode.ledger.LogStanding;
import io.metanode.receipts.LogReader;
import io.metanode.receipts.Step;
import io.metanode.testkit.Eventually;
import io.metanode.testkit.Gen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole pipeline under {@code kill -9} of the node and of one validator after another: every
 * operation that was acknowledged is receipted, every receipt is in one LogBlock, and what the
 * LogBlocks say was used is what the kernel counted. {@code -Dfaults.operations=10000
 * -Dfaults.seed=7} goes on for longer, and otherwise; {@code -Dfaults.minutes=60} for no longer;
 * {@code -Dfaults.between=240} kills after 1 to 240 operations.
 */
final class FaultsIT {

  private static final int OPERATIONS = Integer.getInteger("faults.operations", 300);
  private static final long SEED = Long.getLong("faults.seed", 20_260_301);

  /** It ends after so long, however far it came. */
  private static final int MINUTES = Integer.getInteger("faults.minutes", 600);

  private static final int CLIENTS = 4;
  private static final int MOST_BETWEEN_KILLS = Integer.getInteger("faults.between", 60);
  private static final int PROGRESS = 100;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private TestNode node = new TestNode(Path.of("/nonexistent"));
  private LedgerNet net = new LedgerNet(Path.of("/nonexistent"));
  private int nodeKills;
  private final AtomicInteger validatorKills = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox", "ip", "mount");
    Path home = Files.createDirectories(folder.resolve("node"));
    net = new LedgerNet(Files.createDirectories(folder.resolve("net")));
    PrivateKeySigner owner = KeyFile.newEd25519(home.resolve("account.pem"), new Gen(SEED));
    net.make(List.of(owner), SystemClock.INSTANCE, new Gen(SEED + 1));
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < LedgerNet.SIZE; i++) {
      net.start(i);
      urls.add("\"" + net.url(i) + "\"");
    }
    Files.writeString(
        home.resolve("metanode.yaml"),
        "ledger: {validator: off, account: account.pem, logBlockSeconds: 1, submitTo: ["
            + String.join(", ", urls)
            + "]}\n");
    node = new TestNode(home);
    node.start();
    BusyboxImage.ensure(node.docker(), CrashIT.IMAGE, folder.resolve("image.tar"));
  }

  @AfterEach
  void stop() throws Exception {
    if (Files.exists(node.home().resolve("node.lock"))) {
      node.close();
    }
    net.close();
  }

  @Test
  void everyOperationIsReceiptedFinalAndBilledOnce() throws Exception {
    tell(OPERATIONS + " operations, -Dfaults.seed=" + SEED);
    Gen gen = new Gen(SEED);
    int told = 0;
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    String worker = worker();
    CrashLoad load = new CrashLoad(node.api(), List.of(worker));
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int number = 0; number < CLIENTS; number++) {
        clients.add(threads.submit(new CrashClient(load, gen.split(), number)));
      }
      Gen other = gen.split();
      Future<Integer> atValidators = threads.submit(() -> killValidators(load, other));
      try {
        while (load.acknowledged() < OPERATIONS
            && System.nanoTime() < end
            && clients.stream().noneMatch(Future::isDone)
            && !atValidators.isDone()) {
          awaitDeeds(load, gen);
          killNode(load);
          if (load.acknowledged() >= told + PROGRESS) {
            told = load.acknowledged();
            tell(told + " operations, " + kills());
          }
        }
      } finally {
        load.end();
      }
      for (Future<Integer> client : clients) {
        assertTrue(client.get() > 0);
      }
      assertTrue(atValidators.get() > 0);
    }
    assertMetered(worker);
    for (String left : node.api().ids()) {
      node.api().remove(left);
    }
    awaitFinality();
    Map<String, String> missing = load.missing(node.receipts());
    PipelineCount count;
    try (LedgerClient client = net.client(0)) {
      count = PipelineCount.of(node.receipts(), client);
    }
    tell(
        "%d operations acknowledged, %d receipts in %d LogBlocks, %s: %d missing, %d billed twice, %d not billed"
            .formatted(
                load.acknowledged(),
                count.receipts(),
                count.logBlocks(),
                kills(),
                missing.size(),
                count.twice(),
                count.notBilled()));
    assertEquals(Map.of(), missing);
    assertEquals(List.of(), count.wrong());
    assertEquals(0, count.twice(), "billed twice");
    assertEquals(0, count.notBilled(), "not billed");
    load.assertReceipted(node.receipts());
    assertBilled();
    Finished verified = node.run("receipts", "verify");
    assertEquals(0, verified.exitCode(), verified.output());
  }

  private String kills() {
    return nodeKills + " kills of the node, " + validatorKills.get() + " of validators";
  }

  private static void tell(String text) {
    System.out.println(SystemClock.INSTANCE.now() + " faults: " + text);
  }

  /** A few operations later, however long they take together. */
  private static void awaitDeeds(CrashLoad load, Gen gen) throws Exception {
    int deeds = load.acknowledged() + gen.intBetween(1, MOST_BETWEEN_KILLS);
    while (load.acknowledged() < deeds && !load.over()) {
      int before = load.acknowledged();
      Eventually.holds("clients make progress", () -> load.acknowledged() > before || load.over());
    }
    LockSupport.parkNanos(gen.between(0, TimeUnit.MILLISECONDS.toNanos(50)));
  }

  /** Kills one validator after another, whatever happens to the node. */
  private int killValidators(CrashLoad load, Gen gen) throws Exception {
    while (!load.over()) {
      awaitDeeds(load, gen);
      killValidator(gen.intBetween(0, LedgerNet.SIZE - 1));
    }
    return validatorKills.get();
  }

  private void killNode(CrashLoad load) throws Exception {
    load.aboutToKill();
    node.kill();
    node.start();
    nodeKills++;
  }

  /** One of four may be away; the next blow waits until it is back. */
  private void killValidator(int i) throws Exception {
    net.kill(i);
    net.start(i);
    Eventually.holds("validator " + i + " is back", () -> net.height(i) >= 0);
    validatorKills.incrementAndGet();
  }

  /** A container that is busy all the while. */
  private String worker() throws Exception {
    var body = EngineApi.script(CrashIT.IMAGE, "while :; do :; usleep 20000; done");
    body.withObject("HostConfig").put("NetworkMode", "none");
    String id = node.api().create("worker", body);
    node.api().post(id, "start");
    return id;
  }

  /**
   * Frozen, a container counts no more: its receipts are the kernel's counter to the nanosecond.
   */
  private void assertMetered(String worker) throws Exception {
    node.api().post(worker, "pause");
    long counted = ProcessCpu.nanos(node.api().inspect(worker).path("State").path("Pid").asInt());
    long receipted = 0;
    LogReader log = node.receipts();
    for (long index = 0; index < log.size(); index++) {
      Step step = log.receipt(index).step();
      if (step.subjects().getFirst().name().equals("container/" + worker)) {
        receipted += step.usage().cpuMs();
      }
    }
    assertTrue(counted > 0);
    assertEquals(counted, receipted, "nanoseconds of CPU time");
  }

  private void awaitFinality() throws Exception {
    long receipts = node.receipts().size();
    String origin = node.receipts().origin();
    try (LogLedger ledger = LogLedger.connect(net.url(0))) {
      Eventually.holds(
          "all " + receipts + " receipts are final",
          () -> ledger.standing(origin).map(LogStanding::size).orElse(0L) >= receipts);
    }
  }

  /** The bill is verified against the log, and has what all payable receipts metered. */
  private void assertBilled() throws Exception {
    Path bill = folder.resolve("bill.json");
    node.output("bill", "show", "-o", "json", "--file", bill.toString());
    assertEquals(
        PipelineCount.payable(node.receipts()),
        PipelineCount.billed(JsonMapper.shared().readTree(Files.readString(bill))));
    Finished verified = node.run("bill", "verify", bill.toString());
    assertEquals(0, verified.exitCode(), verified.output());
  }
}
