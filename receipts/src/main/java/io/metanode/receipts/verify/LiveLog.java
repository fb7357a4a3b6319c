package io.metanode.receipts.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a process holds a log's lock, as {@code /proc/locks} tells. Trying the lock would not do:
 * closing the file would release the lock where this process is the one that holds it (fcntl(2)).
 */
final class LiveLog {

  private static final Path LOCKS = Path.of("/proc/locks");

  private LiveLog() {}

  static boolean isLive(Path directory) throws IOException {
    Path lock = directory.resolve("lock");
    if (!Files.exists(lock) || !Files.isReadable(LOCKS)) {
      return false;
    }
    String inode = ":" + Files.getAttribute(lock, "unix:ino") + " ";
    List<String> locks = Files.readAllLines(LOCKS);
    return locks.stream().anyMatch(line -> line.contains(inode) && line.contains(" WRITE "));
  }
}
