package io.metanode.receipts.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptLog;
import io.metanode.receipts.TestLog;
import io.metanode.receipts.tile.Bundle;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small log with every byte of every file changed, every element dropped, doubled and swapped,
 * and bytes put in, taken out and cut off at every seventh place: the verifier names the file.
 * Nothing is drawn but what a byte is changed to.
 */
class TamperedLogIT {

  private static final int PAGE = 4_096;
  private static final int ZEROS_BETWEEN = 997;
  private static final int STRIDE = 7;

  @TempDir Path home;

  private final Gen gen = new Gen(20260101);
  private Path log = Path.of(".");
  private TrustedKeys trusted = new TrustedKeys(Optional.empty(), List.of());

  @BeforeEach
  void makeALog() throws IOException {
    TestLog test = new TestLog(home);
    try (ReceiptLog receipts = test.open()) {
      TestLog.append(receipts, 2);
      receipts.rotate(Actor.system("test"));
      TestLog.append(receipts, 2);
    }
    log = test.directory();
    trusted = TrustedKeys.read(Files.copy(test.verifierKeys(), home.resolve("trusted")));
    assertEquals(List.of(), findings());
  }

  private List<Finding> findings() throws IOException {
    return LogVerification.run(log, trusted, done -> {}).findings();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(log)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("lock"))
          .sorted()
          .toList();
    }
  }

  private static boolean isJournal(Path file) {
    return file.toString().endsWith(".journal");
  }

  private void assertNamed(Path file, String what, byte[] bytes) throws IOException {
    byte[] original = Files.readAllBytes(file);
    if (Arrays.equals(bytes, original)) {
      return;
    }
    Files.write(file, bytes);
    assertNamed(file, what);
    Files.write(file, original);
  }

  private void assertNamed(Path file, String what) throws IOException {
    String name = log.relativize(file).toString();
    List<Finding> findings = findings();
    assertTrue(
        findings.stream().anyMatch(finding -> finding.where().startsWith(name)),
        () -> what + " of " + name + ": " + findings);
  }

  /** The places of a file's bytes; of long runs of zeros only some. */
  private static List<Integer> places(byte[] bytes) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      boolean among = i > 0 && bytes[i] == 0 && bytes[i - 1] == 0;
      if (!among || i % ZEROS_BETWEEN == 0 || i == bytes.length - 1) {
        places.add(i);
      }
    }
    return places;
  }

  @Test
  void everyByteChanged() throws IOException {
    int changed = 0;
    for (Path file : files()) {
      byte[] original = Files.readAllBytes(file);
      for (int at : places(original)) {
        byte[] bytes = original.clone();
        bytes[at] ^= (byte) gen.intBetween(1, 255);
        assertNamed(file, "byte " + at, bytes);
        changed++;
      }
    }
    System.out.println("changed " + changed + " bytes, one at a time: each named");
    assertEquals(List.of(), findings());
  }

  @Test
  void bytesInsertedOrDroppedAllOver() throws IOException {
    for (Path file : files().stream().filter(file -> !isJournal(file)).toList()) {
      byte[] original = Files.readAllBytes(file);
      for (int at = 0; at <= original.length; at += STRIDE) {
        byte[] more = Arrays.copyOf(original, original.length + 1);
        System.arraycopy(original, at, more, at + 1, original.length - at);
        more[at] = (byte) gen.intBetween(0, 255);
        assertNamed(file, "byte more at " + at, more);
        if (at < original.length) {
          byte[] fewer = Arrays.copyOf(original, original.length - 1);
          System.arraycopy(original, at + 1, fewer, at, fewer.length - at);
          assertNamed(file, "byte fewer at " + at, fewer);
        }
      }
    }
  }

  @Test
  void everyFileCutAllOver() throws IOException {
    for (Path file : files().stream().filter(file -> !isJournal(file)).toList()) {
      byte[] original = Files.readAllBytes(file);
      for (int length = 0; length < original.length; length += STRIDE) {
        assertNamed(file, "cut to " + length, Arrays.copyOf(original, length));
      }
    }
  }

  @Test
  void everyElementDroppedDoubledOrSwapped() throws IOException {
    for (Path file : files()) {
      List<byte[]> elements = elements(file);
      UnaryOperator<List<byte[]>> same = list -> new ArrayList<>(list);
      for (int i = 0; i < elements.size(); i++) {
        List<byte[]> dropped = same.apply(elements);
        dropped.remove(i);
        // A journal may begin anywhere in what the tiles hold.
        if (i > 0 || !isJournal(file)) {
          assertNamed(file, "loss of element " + i, joined(file, dropped));
        }
        List<byte[]> doubled = same.apply(elements);
        doubled.add(i, elements.get(i));
        assertNamed(file, "element twice " + i, joined(file, doubled));
        for (int j = i + 1; j < elements.size(); j++) {
          List<byte[]> swapped = same.apply(elements);
          Collections.swap(swapped, i, j);
          assertNamed(file, "swap of " + i + " and " + j, joined(file, swapped));
        }
      }
    }
  }

  /** Entries, hashes, groups of the journal, or lines. */
  private List<byte[]> elements(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String name = log.relativize(file).toString();
    if (name.startsWith("tile/entries")) {
      return Bundle.entries(bytes);
    }
    if (name.startsWith("tile")) {
      return Bundle.hashes(bytes);
    }
    List<byte[]> elements = new ArrayList<>();
    if (isJournal(file)) {
      for (int at = 0; at < bytes.length && bytes[at] != 0; at += PAGE) {
        elements.add(Arrays.copyOfRange(bytes, at, at + PAGE));
      }
    } else {
      new String(bytes, UTF_8).lines().forEach(line -> elements.add((line + "\n").getBytes(UTF_8)));
    }
    return elements;
  }

  private byte[] joined(Path file, List<byte[]> elements) throws IOException {
    String name = log.relativize(file).toString();
    if (name.startsWith("tile/entries")) {
      return Bundle.ofEntries(elements);
    }
    int length = elements.stream().mapToInt(element -> element.length).sum();
    byte[] bytes = new byte[isJournal(file) ? (int) Files.size(file) : length];
    int at = 0;
    for (byte[] element : elements) {
      System.arraycopy(element, 0, bytes, at, element.length);
      at += element.length;
    }
    return bytes;
  }

  @Test
  void everyFileMissingOrStrange() throws IOException {
    List<Path> files = files();
    for (Path file : files) {
      byte[] original = Files.readAllBytes(file);
      if (!isJournal(file)) {
        Files.delete(file);
        assertNamed(file, "loss");
        Files.write(file, original);
      }
      for (String more : List.of("~", "0", ".p")) {
        Path strange = file.resolveSibling(file.getFileName() + more);
        Files.write(strange, original);
        assertNamed(strange, "presence");
        Files.delete(strange);
      }
    }
  }

  @Test
  void groupsWithoutEntriesAreNoRoomToHideIn() throws IOException {
    Path file = files().stream().filter(TamperedLogIT::isJournal).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(file);
    int end = elements(file).size() * PAGE;
    ByteBuffer empty = ByteBuffer.wrap(bytes, end, 24).slice();
    empty.putInt(0, 0x4d4e4a31).putInt(4, 0).putLong(8, 5).putInt(16, 0);
    CRC32C crc = new CRC32C();
    crc.update(bytes, end, 20);
    empty.putInt(20, (int) crc.getValue());
    assertNamed(file, "an empty group", bytes);
  }
}
