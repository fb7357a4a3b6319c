package io.metanode.containers.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads the files of a cgroup. A file that is not there, or whose group just went, is empty. */
final class CgroupFile {

  private static final String NO_SUCH_DEVICE = "No such device";

  private CgroupFile() {}

  static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file, StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (FileSystemException e) {
      if (NO_SUCH_DEVICE.equals(e.getReason())) {
        return List.of();
      }
      throw e;
    } catch (IOException e) {
      // Reads, unlike opens, carry the reason as their whole message.
      if (NO_SUCH_DEVICE.equals(e.getMessage())) {
        return List.of();
      }
      throw e;
    }
  }

  /** The file's one number; empty for {@code max}. */
  static OptionalLong number(Path file) throws IOException {
    List<String> lines = lines(file);
    return lines.isEmpty() || lines.getFirst().strip().equals("max")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
  }

  static long numberOrZero(Path file) throws IOException {
    return number(file).orElse(0);
  }

  /** A file of {@code key value} lines. */
  static Map<String, Long> keyed(Path file) throws IOException {
    Map<String, Long> values = new HashMap<>();
    for (String line : lines(file)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        values.put(line.substring(0, space), Long.parseLong(line.substring(space + 1).strip()));
      }
    }
    return values;
  }
}
