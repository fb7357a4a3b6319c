package io.metanode.containers.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of the host's users. */
final class UserNames {

  private static final Path PASSWD = Path.of("/etc/passwd");
  private static final Path GROUP = Path.of("/etc/group");

  private UserNames() {}

  /** The user's name; the number where it has none. */
  static String of(int uid) {
    return name(PASSWD, uid);
  }

  /** The group's name; the number where it has none. */
  static String ofGroup(int gid) {
    return name(GROUP, gid);
  }

  private static String name(Path file, int id) {
    String number = Integer.toString(id);
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] fields = line.split(":", -1);
        if (fields.length > 2 && fields[2].equals(number)) {
          return fields[0];
        }
      }
    } catch (IOException e) {
      return number;
    }
    return number;
  }
}
