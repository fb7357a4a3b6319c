package io.metanode.receipts.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.TestLog;
import io.metanode.testkit.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerificationIT {

  @TempDir Path home;

  private TestLog test = new TestLog(Path.of("."));

  @BeforeEach
  void place() throws IOException {
    test = new TestLog(home);
    try (ReceiptLog log = test.open()) {
      TestLog.append(log, 250);
      log.checkpointNow();
      log.rotate(Actor.system("test"));
      TestLog.append(log, 20);
      log.checkpointNow();
      TestLog.append(log, 3);
    }
  }

  private Report verify() throws IOException {
    TrustedKeys trusted = TrustedKeys.read(test.verifierKeys());
    return LogVerification.run(test.directory(), trusted, done -> {});
  }

  @Test
  void untouchedLogIsGood() throws Exception {
    Report report = verify();
    assertEquals(List.of(), report.findings());
    assertEquals(274, report.published());
    assertEquals(2, report.keys());
    assertTrue(report.cosigned());
  }

  @Test
  void copyWithoutTheJournalIsGood() throws Exception {
    try (Stream<Path> files = Files.list(test.directory().resolve("journal"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertEquals(List.of(), verify().findings());
  }

  @Test
  void logOfAnotherKeyIsRefused() throws Exception {
    TestLog other = new TestLog(home.resolve("other"));
    other.open().close();
    TrustedKeys trusted = TrustedKeys.read(other.verifierKeys());
    Report report = LogVerification.run(test.directory(), trusted, done -> {});
    assertTrue(report.findings().toString().contains("never had the key you trust"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(test.directory())) {
      return files.filter(Files::isRegularFile).filter(this::holdsBytes).sorted().toList();
    }
  }

  private boolean holdsBytes(Path file) {
    return file.toFile().length() > 0;
  }

  private void assertNamed(String what, Path file) throws IOException {
    TrustedKeys trusted = TrustedKeys.read(home.resolve("trusted"));
    Report report = LogVerification.run(test.directory(), trusted, done -> {});
    assertFalse(report.good(), what + " of " + file + " was not found");
  }

  @Test
  void everyFlippedBitIsFound() throws Exception {
    Files.copy(test.verifierKeys(), home.resolve("trusted"));
    List<Path> files = files();
    Property.check(
        "flip",
        150,
        gen -> {
          Path file = gen.pick(files);
          byte[] good = Files.readAllBytes(file);
          byte[] bad = good.clone();
          int at = gen.intBetween(0, bad.length - 1);
          bad[at] ^= (byte) (1 << gen.intBetween(0, 7));
          Files.write(file, bad);
          try {
            assertNamed("bit flip at byte " + at, file);
          } finally {
            Files.write(file, good);
          }
        });
    assertEquals(List.of(), verify().findings());
  }

  @Test
  void everyCutAndLongerFileIsFound() throws Exception {
    Files.copy(test.verifierKeys(), home.resolve("trusted"));
    List<Path> files = files().stream().filter(file -> !file.endsWith("lock")).toList();
    Property.check(
        "cut",
        60,
        gen -> {
          Path file =
              gen.pick(files.stream().filter(f -> !f.toString().endsWith("journal")).toList());
          byte[] good = Files.readAllBytes(file);
          boolean longer = gen.bool();
          int length = longer ? good.length + 1 : gen.intBetween(0, good.length - 1);
          Files.write(file, java.util.Arrays.copyOf(good, length));
          try {
            assertNamed("length " + length, file);
          } finally {
            Files.write(file, good);
          }
        });
  }

  @Test
  void everyMissingFileIsFound() throws Exception {
    Files.copy(test.verifierKeys(), home.resolve("trusted"));
    for (Path file : files()) {
      boolean older = file.toString().contains(".p/") && !file.toString().matches(".*p/(18|1)");
      if (older || file.endsWith("lock") || file.toString().endsWith(".journal")) {
        continue;
      }
      byte[] good = Files.readAllBytes(file);
      Files.delete(file);
      assertNamed("loss", file);
      Files.write(file, good);
    }
  }

  @Test
  void insertedFileIsFound() throws Exception {
    Files.write(test.directory().resolve("tile/entries/001.p/40"), new byte[10]);
    assertTrue(verify().findings().toString().contains("tile/entries/001.p/40"));
  }
}
