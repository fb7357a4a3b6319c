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
import io.metanode.receipts.Usage;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The whole pipeline under {@code kill -9} of the node and of one validator after another: every
 * operation that was acknowledged is receipted, every receipt is in one LogBlock, and what the
 * LogBlocks say was used is what the kernel counted. {@code -Dfaults.operations=10000
 * -Dfaults.seed=7} goes on for longer, and otherwise.
 */
final class FaultsIT {

  private static final int OPERATIONS = Integer.getInteger("faults.operations", 300);
  private static final long SEED = Long.getLong("faults.seed", 20_260_301);
  private static final int CLIENTS = 4;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  private TestNode node = new TestNode(Path.of("/nonexistent"));
  private LedgerNet net = new LedgerNet(Path.of("/nonexistent"));
  private int nodeKills;
  private int validatorKills;

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
    Gen gen = new Gen(SEED);
    String worker = worker();
    CrashLoad load = new CrashLoad(node.api(), List.of(worker));
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int number = 0; number < CLIENTS; number++) {
        clients.add(threads.submit(new CrashClient(load, gen.split(), number)));
      }
      try {
        while (load.acknowledged() < OPERATIONS) {
          int deeds = load.acknowledged() + gen.intBetween(1, 25);
          Eventually.holds(
              "clients make progress",
              () -> load.acknowledged() >= deeds || clients.stream().anyMatch(Future::isDone));
          LockSupport.parkNanos(gen.between(0, TimeUnit.MILLISECONDS.toNanos(50)));
          if (gen.bool()) {
            killNode(load);
          } else {
            killValidator(gen.intBetween(0, LedgerNet.SIZE - 1));
          }
        }
      } finally {
        load.end();
      }
      for (Future<Integer> client : clients) {
        assertTrue(client.get() > 0);
      }
    }
    assertMetered(worker);
    for (String left : node.api().ids()) {
      node.api().remove(left);
    }
    load.assertReceipted(node.receipts());
    assertFinal();
    Finished verified = node.run("receipts", "verify");
    assertEquals(0, verified.exitCode(), verified.output());
    System.out.printf(
        "%d operations acknowledged, %d receipts, %d kills of the node, %d of validators:"
            + " 0 missing, 0 twice, 0 not billed%n",
        load.acknowledged(), node.receipts().size(), nodeKills, validatorKills);
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
    validatorKills++;
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

  private void assertFinal() throws Exception {
    long receipts = node.receipts().size();
    String origin = node.receipts().origin();
    try (LogLedger ledger = LogLedger.connect(net.url(0))) {
      Eventually.holds(
          "all " + receipts + " receipts are final",
          () -> ledger.standing(origin).map(LogStanding::size).orElse(0L) >= receipts);
    }
    LogReader log = node.receipts();
    try (LedgerClient client = net.client(0)) {
      String query = "origin=" + URLEncoder.encode(origin, StandardCharsets.UTF_8);
      JsonNode head = client.get("/v1/logs?" + query);
      long next = 0;
      for (long number = 0; number <= head.required("number").asLong(); number++) {
        JsonNode block = client.get("/v1/logblocks?" + query + "&number=" + number);
        assertEquals(next, block.required("from").asLong());
        next = block.required("to").asLong();
        assertEquals(
            sum(log, block.required("from").asLong(), next), usage(block.required("usage")));
      }
      assertEquals(receipts, next);
    }
  }

  private static Usage sum(LogReader log, long from, long to) throws IOException {
    Usage sum = Usage.NONE;
    for (long index = from; index < to; index++) {
      sum = sum.plus(log.receipt(index).step().usage());
    }
    return sum;
  }

  private static Usage usage(JsonNode json) {
    return new Usage(
        number(json, "cpu_ms"),
        number(json, "memory_mb_s"),
        number(json, "storage_gb_day"),
        number(json, "egress_mb"),
        number(json, "receipts_count"));
  }

  private static long number(JsonNode json, String name) {
    return Long.parseLong(json.required(name).asString());
  }
}
