package io.metanode.containers.http;

import io.metanode.receipts.Actor;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/** Who is at the other end of a unix socket, as the kernel says (SO_PEERCRED of unix(7)). */
final class PeerActors {

  private static final Path PASSWD = Path.of("/etc/passwd");

  private final Map<String, Actor> known = new ConcurrentHashMap<>();

  /**
   * The user that opened the connection. The name is the number where the user has none.
   *
   * @throws IOException if the kernel does not tell
   */
  Actor of(SocketChannel channel) throws IOException {
    String name = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    return known.computeIfAbsent(name, user -> new Actor("unix", user, uid(user)));
  }

  private static OptionalLong uid(String user) {
    if (!user.isEmpty() && user.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.of(Long.parseLong(user));
    }
    try {
      return Files.readAllLines(PASSWD).stream()
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 2 && fields[0].equals(user))
          .mapToLong(fields -> Long.parseLong(fields[2]))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
