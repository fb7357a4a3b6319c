package io.metanode.receipts.verify;

import io.metanode.receipts.DamagedLogException;
import io.metanode.receipts.disk.HostDisk;
import io.metanode.receipts.journal.JournalScan;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The journal's entries, held against the published ones.
 *
 * @param first the index of the first entry
 * @param entries the entries
 */
record JournalCheck(long first, List<byte[]> entries) {

  private static final int ATTEMPTS = 3;

  /** Reads the journal; a log without one (a copy of its tiles) is as good. */
  static JournalCheck of(Path directory, long published, boolean live, List<Finding> findings)
      throws IOException {
    JournalScan scan;
    try {
      scan = scan(directory, live ? ATTEMPTS : 1);
    } catch (DamagedLogException e) {
      String[] parts = String.valueOf(e.getMessage()).split(": ", 2);
      findings.add(new Finding(parts[0], parts[parts.length - 1]));
      return new JournalCheck(published, List.of());
    }
    List<byte[]> entries = new ArrayList<>();
    scan.groups().forEach(group -> entries.addAll(group.entries()));
    long first = scan.first().orElse(published);
    long next = first + entries.size();
    if (next < published) {
      findings.add(
          new Finding(
              scan.activeFile(),
              "ends at entry %d, the checkpoint covers %d".formatted(next, published)));
    }
    if (scan.torn() && !live) {
      findings.add(
          new Finding(
              scan.activeFile(),
              "bytes after the last whole write, which ends at byte %d: damage, or a write that a crash cut off, which opening the log clears"
                  .formatted(scan.end())));
    }
    if (first > published) {
      findings.add(new Finding("journal", "begins at entry " + first + ", after the checkpoint"));
      return new JournalCheck(published, List.of());
    }
    return new JournalCheck(first, entries);
  }

  /** A node that writes meanwhile may move on between two segments: then it is read again. */
  private static JournalScan scan(Path directory, int attempts) throws IOException {
    try {
      HostDisk disk = new HostDisk(directory.resolve("unfinished"));
      return JournalScan.of(disk, directory.resolve("journal"));
    } catch (DamagedLogException | NoSuchFileException e) {
      if (attempts > 1) {
        return scan(directory, attempts - 1);
      }
      throw e;
    }
  }

  /** The entries from {@code index} on. */
  List<byte[]> after(long index) {
    long skip = Math.max(0, index - first);
    return skip >= entries.size() ? List.of() : entries.subList((int) skip, entries.size());
  }

  void compare(long index, byte[] published, String where, List<Finding> findings) {
    long at = index - first;
    if (at >= 0 && at < entries.size() && !Arrays.equals(entries.get((int) at), published)) {
      findings.add(new Finding(where, "the journal has another entry in this place"));
    }
  }
}
