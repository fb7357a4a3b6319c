package io.metanode.containers.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Resolves {@code user[:group]} against {@code /etc/passwd} and {@code /etc/group} of a container's
 * file system, as Docker does. Links in it cannot lead out of it.
 */
public final class UserLookup {

  private static final String OUT_OF_RANGE = "uids and gids must be in range 0-2147483647";

  /** More than any honest file; a container's file system is not trusted. */
  private static final int FILE_LIMIT = 1 << 20;

  private final Syscalls syscalls;
  private final Path rootfs;

  public UserLookup(Syscalls syscalls, Path rootfs) {
    this.syscalls = syscalls;
    this.rootfs = rootfs;
  }

  /** A user's ids and home directory. */
  public record Found(UserIds ids, String home) {}

  /**
   * @param text {@code user}, {@code user:group}, by name or number; empty for root
   * @param additionalGroups further groups, by name or number
   * @throws IllegalArgumentException in Docker's words if a name is unknown
   */
  public Found resolve(String text, List<String> additionalGroups) throws IOException {
    List<String[]> users = entries("etc/passwd", 6);
    List<String[]> groups = entries("etc/group", 3);
    String[] parts = text.split(":", 2);
    String userName = parts[0].isEmpty() ? "0" : parts[0];
    Optional<String[]> user = find(users, userName);
    int uid =
        user.map(entry -> number(entry[2]))
            .orElseGet(
                () ->
                    numeric(
                        userName, "unable to find user %s: no matching entries in passwd file"));
    int gid =
        parts.length == 2 && !parts[1].isEmpty()
            ? group(groups, parts[1])
            : user.map(entry -> number(entry[3])).orElse(0);
    TreeSet<Integer> additional = new TreeSet<>();
    if (parts.length == 1 && user.isPresent()) {
      String name = user.get()[0];
      groups.stream()
          .filter(entry -> entry.length > 3 && List.of(entry[3].split(",", -1)).contains(name))
          .forEach(entry -> additional.add(number(entry[2])));
    }
    for (String name : additionalGroups) {
      additional.add(group(groups, name));
    }
    return new Found(
        new UserIds(uid, gid, List.copyOf(additional)), user.map(entry -> entry[5]).orElse("/"));
  }

  private static int group(List<String[]> groups, String name) {
    return find(groups, name)
        .map(entry -> number(entry[2]))
        .orElseGet(
            () -> numeric(name, "unable to find group %s: no matching entries in group file"));
  }

  /** A name wins over a number that looks the same; a number over none. */
  private static Optional<String[]> find(List<String[]> entries, String wanted) {
    return entries.stream()
        .filter(entry -> entry[0].equals(wanted))
        .findFirst()
        .or(() -> entries.stream().filter(entry -> entry[2].equals(wanted)).findFirst());
  }

  private static int number(String text) {
    return numeric(text, "%s is not an id");
  }

  private static int numeric(String text, String otherwise) {
    try {
      int id = Integer.parseInt(text);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException notANumber) {
      if (text.matches("[+-]?[0-9]{1,18}")) {
        throw new IllegalArgumentException(OUT_OF_RANGE, notANumber);
      }
      throw new IllegalArgumentException(otherwise.formatted(text), notANumber);
    }
    throw new IllegalArgumentException(OUT_OF_RANGE);
  }

  private List<String[]> entries(String path, int fields) throws IOException {
    List<String[]> entries = new ArrayList<>();
    for (String line : read(path).split("\n", -1)) {
      String[] entry = line.strip().split(":", -1);
      if (entry.length >= fields && entry[2].matches("\\d{1,10}")) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private String read(String path) throws IOException {
    int root = syscalls.open(rootfs, Constants.O_DIRECTORY | Constants.O_PATH, 0);
    try {
      int file = syscalls.openInRoot(root, path, Constants.O_RDONLY | Constants.O_NONBLOCK);
      try {
        return readRegular(Path.of("/proc/self/fd/" + file));
      } finally {
        syscalls.close(file);
      }
    } catch (SyscallException e) {
      if (e.errno() == Constants.ENOENT || e.errno() == Constants.ELOOP) {
        return "";
      }
      throw e;
    } finally {
      syscalls.close(root);
    }
  }

  private static String readRegular(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream input = Files.newInputStream(file)) {
      return new String(input.readNBytes(FILE_LIMIT), UTF_8);
    }
  }
}
