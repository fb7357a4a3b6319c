package io.metanode.node.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping of a process as {@code /proc/self/smaps} tells it (proc_pid_smaps(5)).
 *
 * @param start the first address
 * @param length in bytes
 * @param permissions such as {@code r-xp}
 * @param path the mapped file; empty, or a name in brackets, where there is none
 * @param residentKilobytes pages of it that are mapped, in units of 1,024 bytes
 * @param ownKilobytes those of them that are no file's (any more): what was written to a private
 *     mapping
 */
record Mapping(
    long start,
    long length,
    String permissions,
    String path,
    long residentKilobytes,
    long ownKilobytes) {

  private static final Pattern HEAD =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\S+\\s*(.*)");

  /**
   * Whether every page of it is that of a file and cannot be written to: one that is given back is
   * found again in the file with the same content.
   */
  boolean isOnlyRead() {
    return path.startsWith("/") && permissions.charAt(1) == '-' && ownKilobytes == 0;
  }

  /** Whether it is the JVM itself, most of which is needed again at once. */
  boolean isJvm() {
    return path.endsWith("/libjvm.so");
  }

  static List<Mapping> parse(Iterable<String> lines) {
    List<Mapping> all = new ArrayList<>();
    for (String line : lines) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        long start = Long.parseUnsignedLong(head.group(1), 16);
        long length = Long.parseUnsignedLong(head.group(2), 16) - start;
        all.add(new Mapping(start, length, head.group(3), head.group(4), 0, 0));
      } else if (line.startsWith("Rss:")) {
        Mapping last = all.removeLast();
        all.add(last.with(kilobytes(line), last.ownKilobytes));
      } else if (line.startsWith("Anonymous:")) {
        Mapping last = all.removeLast();
        all.add(last.with(last.residentKilobytes, kilobytes(line)));
      }
    }
    return all;
  }

  private Mapping with(long resident, long own) {
    return new Mapping(start, length, permissions, path, resident, own);
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }
}
