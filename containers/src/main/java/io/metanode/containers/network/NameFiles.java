package io.metanode.containers.network;

import java.util.List;
import java.util.Optional;

/**
 * The content of {@code /etc/hostname}, {@code /etc/hosts} and {@code /etc/resolv.conf} in a
 * container, as Docker makes them on its default bridge. The engine writes the files and mounts
 * them.
 */
public final class NameFiles {

  /** What stands for the host in {@code --add-host NAME:host-gateway}. */
  public static final String HOST_GATEWAY = "host-gateway";

  /** The files in a container's {@code /etc}. */
  public static final List<String> NAMES = List.of("resolv.conf", "hostname", "hosts");

  private static final String LOCAL =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::\tip6-localnet
      ff00::\tip6-mcastprefix
      ff02::1\tip6-allnodes
      ff02::2\tip6-allrouters
      """;

  private NameFiles() {}

  /** A container's own name, and its domain; empty without one. */
  public record HostName(String name, String domain) {

    String line() {
      String full = domain.isEmpty() ? name : name + "." + domain;
      int dot = full.indexOf('.');
      return dot < 0 ? full : full + " " + full.substring(0, dot);
    }
  }

  public static String hostname(HostName own) {
    return own.name() + "\n";
  }

  /**
   * A container's own {@code /etc/hosts}.
   *
   * @param addresses the container's; none without a network
   * @param extra entries {@code NAME:ADDRESS} or {@code NAME=ADDRESS}, as {@code --add-host} has
   *     them
   * @param gateway what {@code host-gateway} stands for; empty without a network
   */
  public static String hosts(
      HostName own, List<String> addresses, List<String> extra, Optional<String> gateway) {
    StringBuilder text = new StringBuilder(LOCAL).append(extraLines(extra, gateway));
    addresses.forEach(address -> text.append(own(own, address)));
    return text.toString();
  }

  /** The line of {@code /etc/hosts} with a container's own name. */
  public static String own(HostName own, String address) {
    return address + "\t" + own.line() + "\n";
  }

  /** {@code /etc/hosts} on the host's network: the host's own, and the extra entries. */
  public static String hostsOnHostNetwork(String hostFile, List<String> extra) {
    String ended = hostFile.isEmpty() || hostFile.endsWith("\n") ? hostFile : hostFile + "\n";
    return ended + extraLines(extra, Optional.of("127.0.0.1"));
  }

  private static String extraLines(List<String> extra, Optional<String> gateway) {
    StringBuilder lines = new StringBuilder();
    for (String entry : extra) {
      int at = separator(entry);
      if (at < 1) {
        continue;
      }
      String name = entry.substring(0, at);
      String address = entry.substring(at + 1);
      String resolved =
          address.equals(HOST_GATEWAY) ? gateway.orElse("") : address.replaceAll("[\\[\\]]", "");
      if (!resolved.isEmpty()) {
        lines.append(resolved).append('\t').append(name).append('\n');
      }
    }
    return lines.toString();
  }

  /** An IPv6 address has colons of its own: the first separator counts. */
  private static int separator(String entry) {
    int equals = entry.indexOf('=');
    return equals > 0 ? equals : entry.indexOf(':');
  }
}
