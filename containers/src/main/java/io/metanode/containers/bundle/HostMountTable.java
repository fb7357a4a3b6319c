package io.metanode.containers.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is mounted on the host, by {@code /proc/self/mountinfo}, proc_pid_mountinfo(5). */
final class HostMountTable {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT = 4;
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  private HostMountTable() {}

  /** Whether something is mounted below a directory. */
  static boolean hasBelow(Path directory) throws IOException {
    Path real = directory.toRealPath();
    try (Stream<String> lines = Files.lines(TABLE)) {
      return lines.map(HostMountTable::mountPoint).anyMatch(at -> isBelow(at, real));
    }
  }

  private static boolean isBelow(Path at, Path directory) {
    return at.startsWith(directory) && !at.equals(directory);
  }

  /** Spaces and the like are written as a backslash and three octal digits. */
  private static Path mountPoint(String line) {
    return Path.of(
        ESCAPE.matcher(line.split(" ", -1)[MOUNT_POINT]).replaceAll(HostMountTable::character));
  }

  private static String character(MatchResult escape) {
    char written = (char) Integer.parseInt(escape.group(1), 8);
    return java.util.regex.Matcher.quoteReplacement(String.valueOf(written));
  }
}
