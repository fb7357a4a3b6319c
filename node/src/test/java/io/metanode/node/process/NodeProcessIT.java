package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.EngineClient;
import io.metanode.cli.process.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeProcessIT {

  private static final int NOT_RUNNING = 3;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
  Path home;

  private TestNode node = new TestNode(Path.of("/nonexistent"));

  @BeforeEach
  void start() {
    TestNode.assumeRootAnd("runc", "nft");
    node = new TestNode(home);
    node.up();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @Test
  void statusTellsEveryEndpoint() {
    var status = node.status();
    assertEquals("running", status.required("state").asString());
    assertTrue(Files.exists(Path.of(status.required("dockerSocket").asString())));
    assertTrue(Files.isDirectory(Path.of(status.required("receiptsDirectory").asString())));
    assertTrue(Files.exists(Path.of(status.required("receiptsPublicKey").asString())));
    assertEquals(1, status.required("receipts").asLong(), "node.start");
    assertFalse(status.has("engineError"), status.toString());
  }

  @Test
  void homeIsItsOwnersAlone() throws Exception {
    Set<PosixFilePermission> owners =
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    assertEquals(owners, Files.getPosixFilePermissions(home.resolve("keys")));
  }

  @Test
  void secondNodeOnTheHomeIsRefused() {
    Finished second = node.run("up");
    assertEquals(1, second.exitCode());
    assertTrue(second.output().contains("another node runs on " + home), second.output());
  }

  @Test
  void statusIsTrueAfterAKill() throws Exception {
    node.kill();
    assertEquals(NOT_RUNNING, node.run("status").exitCode());
    assertEquals("stopped", node.status().required("state").asString());
  }

  @Test
  void receiptsGoOnAfterAKillAndVerify() throws Exception {
    node.kill();
    node.up();
    assertEquals(2, node.status().required("receipts").asLong(), "node.start twice");
    Finished verified = node.run("receipts", "verify");
    assertEquals(0, verified.exitCode(), verified.output());
  }

  @Test
  void keyIsRotatedWhileTheNodeRuns() throws Exception {
    assertEquals(OWNER_ONLY, Files.getPosixFilePermissions(home.resolve("node.sock")));
    Path verifierKeys = home.resolve("receipts/log.vkey");
    String before = Files.readString(verifierKeys);
    String told = node.output("receipts", "rotate");
    assertTrue(told.startsWith("receipt 1 passes to the key "), told);
    String after = Files.readString(verifierKeys);
    assertNotEquals(before, after);
    EngineClient engine = new EngineClient(home.resolve("docker.sock"));
    assertEquals(201, engine.request("POST", "/volumes/create", "{\"Name\":\"vv\"}").status());
    assertEquals(3, node.status().required("receipts").asLong(), "start, rotation, volume");
    assertEquals("receipts.rotate", node.receipts().receipt(1).step().operation());
    assertEquals(0, node.run("receipts", "verify").exitCode());
    node.kill();
    node.up();
    assertEquals(after, Files.readString(verifierKeys));
    assertEquals(0, node.run("receipts", "verify").exitCode());
  }

  @Test
  void orderlyStopIsReceiptedAndLogged() throws Exception {
    node.close();
    assertTrue(node.output("receipts", "tail").contains("node.stop"));
    assertTrue(Files.readString(home.resolve("log/node.log")).contains("stopped"));
  }

  @Test
  void brokenConfigurationIsToldWithItsLine() throws Exception {
    node.close();
    Files.writeString(home.resolve("metanode.yaml"), "runc: runc\nsocket: x\n");
    Finished up = node.run("up", "-d");
    assertEquals(1, up.exitCode());
    assertTrue(up.output().contains("line 2: unknown key socket"), up.output());
  }
}
