package io.metanode.receipts;

import io.metanode.receipts.disk.Disk;
import io.metanode.receipts.disk.HostDisk;
import io.metanode.receipts.tile.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  Optional<Checkpoint> checkpoint() throws IOException {
    Path file = directory.resolve(CHECKPOINT);
    return disk.exists(file) ? Checkpoint.parse(disk.read(file)) : Optional.empty();
  }

  void write(Checkpoint checkpoint) throws IOException {
    disk.replace(directory.resolve(CHECKPOINT), bytes(checkpoint.toString()));
  }

  void syncCheckpoint() throws IOException {
    disk.sync(directory.resolve(CHECKPOINT), directory);
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

  /** Writes the key history; it is durable when this returns. */
  void write(KeyHistory keys) throws IOException {
    Path file = directory.resolve(KeyHistory.FILE);
    Path current = directory.resolve(VERIFIER_KEYS);
    disk.replace(file, bytes(keys.toString()));
    disk.replace(current, bytes(keys.verifierKeys()));
    disk.sync(file, directory);
    disk.sync(current, directory);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
