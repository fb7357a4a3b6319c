package io.metanode.node.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.process.BusyboxImage;
import io.metanode.cli.process.Finished;
import io.metanode.cli.process.Program;
import io.metanode.receipts.ReceiptVerifier;
import io.metanode.testkit.Gen;
import io.metanode.testkit.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to the files of a node's receipts, the verifier sees it. */
final class TamperIT {

  private static final String IMAGE = "metanode/tamper:latest";
  private static final int CASES = 60;

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path home;

  private static TestNode node = new TestNode(Path.of("/nonexistent"));
  private static Path log = Path.of("/nonexistent");
  private static Path keys = Path.of("/nonexistent");

  @BeforeAll
  static void makeALog() throws Exception {
    TestNode.assumeRootAnd("runc", "nft", "docker", "busybox");
    node = new TestNode(home);
    node.start();
    BusyboxImage.ensure(node.docker(), IMAGE, home.resolve("image.tar"));
    for (int number = 0; number < 8; number++) {
      var body = EngineApi.script(IMAGE, "true");
      body.withObject("HostConfig").put("NetworkMode", "none");
      String id = node.api().create("receipted-" + number, body);
      node.api().post(id, "start");
      node.api().remove(id);
    }
    node.close();
    node.output("receipts", "rotate");
    log = home.resolve("receipts");
    keys = Files.copy(log.resolve("keys"), home.resolve("trusted"));
    assertEquals(0, verify(log).exitCode(), verify(log).output());
  }

  @AfterAll
  static void stop() throws Exception {
    if (Files.exists(home.resolve("node.lock"))) {
      node.close();
    }
  }

  @Test
  void everyChangeIsFoundAndItsFileNamed() {
    Property.check(
        "tampering",
        CASES,
        gen -> {
          Tampering tampering = drawn(gen, gen.pick(Tampering.Kind.values()));
          if (tampering.changesNothing()) {
            return;
          }
          tampering.apply();
          try {
            assertFound(tampering, verify(log));
          } finally {
            tampering.undo();
          }
        });
  }

  @Test
  void commandAndStandaloneVerifierSayTheSame() throws Exception {
    Gen gen = new Gen(7);
    Program jar =
        Program.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            Path.of("")
                .toAbsolutePath()
                .resolveSibling("receipts/target/metanode-verify.jar")
                .toString());
    for (Tampering.Kind kind : Tampering.Kind.values()) {
      Tampering tampering = drawn(gen, kind);
      while (tampering.changesNothing()) {
        tampering = drawn(gen, kind);
      }
      tampering.apply();
      try {
        assertFound(
            tampering, node.run("receipts", "verify", log.toString(), "--key", keys.toString()));
        assertFound(tampering, jar.run(log.toString(), "--key", keys.toString()));
      } finally {
        tampering.undo();
      }
    }
    Finished whole = jar.run(log.toString(), "--key", keys.toString());
    assertEquals(0, whole.exitCode(), whole.output());
  }

  private static Tampering drawn(Gen gen, Tampering.Kind kind) throws IOException {
    try (Stream<Path> files = Files.walk(log)) {
      List<Path> all =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("lock"))
              .sorted()
              .toList();
      return Tampering.draw(gen, gen.pick(all), kind);
    }
  }

  private static void assertFound(Tampering tampering, Finished verified) {
    assertEquals(1, verified.exitCode(), tampering.what() + ": " + verified.output());
    assertTrue(verified.output().contains("WRONG"), tampering.what() + ": " + verified.output());
  }

  private static Finished verify(Path directory) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int code = ReceiptVerifier.verifyLog(directory, keys, out, out);
    return new Finished(code, bytes.toString(StandardCharsets.UTF_8));
  }
}
