package io.metanode.receipts;

import io.metanode.receipts.disk.Disk;
import io.metanode.receipts.disk.HostDisk;
import io.metanode.receipts.tile.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The files of a log beside its tiles (docs/formats/log.md). */
record LogFiles(Disk disk, Path directory) {

  static final String CHECKPOINT = "checkpoint";
  static final String VERIFIER_KEYS = "log.vkey";
  static final String LOCK = "lock";
  static final String UNFINISHED = "unfinished";

  /** Files for reading only. */
  static LogFiles readOnly(Path directory) {
    return new LogFiles(new HostDisk(directory.resolve(UNFINISHED)), directory);
  }

  Path journal() {
    return directory.resolve("journal");
  }

  /**
   * The checkpoint; empty if there is none, or one of which a power failure left no byte.
   *
   * @throws DamagedLogException if the file is anything else
   */
  Optional<Checkpoint> checkpoint() throws IOException {
    Path file = directory.resolve(CHECKPOINT);
    byte[] bytes = disk.exists(file) ? disk.read(file) : new byte[0];
    Optional<Checkpoint> checkpoint = Checkpoint.parse(bytes);
    if (checkpoint.isEmpty() && Arrays.mismatch(bytes, new byte[bytes.length]) >= 0) {
      throw new DamagedLogException("checkpoint: not a checkpoint; put it back from a backup");
    }
    return checkpoint;
  }

  void write(Checkpoint checkpoint) throws IOException {
    disk.replace(directory.resolve(CHECKPOINT), bytes(checkpoint.toString()));
  }

  void syncCheckpoint() throws IOException {
    disk.sync(List.of(directory.resolve(CHECKPOINT)), directory);
  }

  Optional<KeyHistory> keys() throws IOException {
    Path file = directory.resolve(KeyHistory.FILE);
    if (!disk.exists(file)) {
      return Optional.empty();
    }
    String text = new String(disk.read(file), StandardCharsets.UTF_8);
    Optional<KeyHistory> keys = KeyHistory.parse(text);
    if (keys.isEmpty()) {
      throw new DamagedLogException("keys: not a list of verifier keys; put it back from a backup");
    }
    return keys;
  }

  /** Whether the keys in force are written as the key history has them. */
  boolean hasVerifierKeys(KeyHistory keys) throws IOException {
    Path current = directory.resolve(VERIFIER_KEYS);
    return disk.exists(current) && Arrays.equals(disk.read(current), bytes(keys.verifierKeys()));
  }

  /** Whether there is an entry bundle. */
  boolean hasEntries() throws IOException {
    return !disk.list(directory.resolve("tile/entries")).isEmpty();
  }

  /** Writes the key history; it is durable when this returns. */
  void write(KeyHistory keys) throws IOException {
    Path file = directory.resolve(KeyHistory.FILE);
    Path current = directory.resolve(VERIFIER_KEYS);
    disk.replace(file, bytes(keys.toString()));
    disk.replace(current, bytes(keys.verifierKeys()));
    disk.sync(List.of(file, current), directory);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
