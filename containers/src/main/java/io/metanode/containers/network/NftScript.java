package io.metanode.containers.network;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The node's rules as text for {@code nft -f -}. One table; published ports are elements of maps,
 * so that the rules never change. Traffic to 127.0.0.0/8 is left alone: the userland proxy serves
 * it, and the kernel need not route loopback addresses to bridges.
 */
record NftScript(String table) {

  /**
   * A bridge and its addresses.
   *
   * @param internal whether it has no way out
   * @param masquerade whether what leaves it has the host's address
   * @param names who resolves names for it
   */
  record Segment(
      String bridge,
      Subnet subnet,
      Optional<Subnet6> subnet6,
      boolean internal,
      boolean masquerade,
      Optional<NamePorts> names) {}

  /** The ports of a bridge's name server, at the bridge's address. */
  record NamePorts(Ipv4 address, int datagrams, int streams) {}

  /** Replaces the whole table in one transaction. */
  String all(Collection<Segment> segments, Collection<PublishedPort> ports) {
    StringBuilder text = new StringBuilder();
    text.append("add table ip ").append(table).append("\ndelete table ip ").append(table);
    text.append("\ntable ip ").append(table).append(" {\n").append(MAPS).append(TRANSLATION);
    text.append(
        "  chain prerouting {\n    type nat hook prerouting priority -100; policy accept;\n");
    segments.forEach(segment -> segment.names.ifPresent(it -> text.append(asking(segment, it))));
    text.append("    ip daddr != 127.0.0.0/8 fib daddr type local jump ports\n  }\n");
    text.append(
        "  chain postrouting {\n    type nat hook postrouting priority 100; policy accept;\n");
    segments.forEach(segment -> text.append(leaving(segment)));
    text.append(
        "  }\n  chain forward {\n    type filter hook forward priority 0; policy accept;\n");
    segments.forEach(segment -> text.append(entering(segment)));
    text.append("  }\n}\n");
    List<Segment> six = segments.stream().filter(each -> each.subnet6.isPresent()).toList();
    return text.append(six.isEmpty() ? "" : all6(six)).append(add(ports)).toString();
  }

  /** IPv6 has no published ports: the sockets that reserve them serve it. */
  private String all6(Collection<Segment> segments) {
    StringBuilder text = new StringBuilder();
    text.append("add table ip6 ").append(table).append("\ndelete table ip6 ").append(table);
    text.append("\ntable ip6 ").append(table).append(" {\n");
    text.append(
        "  chain postrouting {\n    type nat hook postrouting priority 100; policy accept;\n");
    for (Segment segment : segments) {
      if (!segment.internal && segment.masquerade) {
        text.append(
            "    ip6 saddr %s oifname != \"%s\" masquerade\n"
                .formatted(segment.subnet6.orElseThrow(), segment.bridge));
      }
    }
    text.append(
        "  }\n  chain forward {\n    type filter hook forward priority 0; policy accept;\n");
    segments.forEach(segment -> text.append(entering(segment)));
    return text.append("  }\n}\n").toString();
  }

  private static final String MAPS =
      """
        map tcp_any { type inet_service : ipv4_addr . inet_service; }
        map udp_any { type inet_service : ipv4_addr . inet_service; }
        map tcp_at { type ipv4_addr . inet_service : ipv4_addr . inet_service; }
        map udp_at { type ipv4_addr . inet_service : ipv4_addr . inet_service; }
      """;

  private static final String TRANSLATION =
      """
        chain ports {
          dnat ip to ip daddr . tcp dport map @tcp_at
          dnat ip to ip daddr . udp dport map @udp_at
          dnat ip to tcp dport map @tcp_any
          dnat ip to udp dport map @udp_any
        }
        chain output {
          type nat hook output priority -100; policy accept;
          ip daddr != 127.0.0.0/8 fib daddr type local jump ports
        }
      """;

  /** Questions for names; ahead of published ports, of which one may be 53 too. */
  private static String asking(Segment segment, NamePorts names) {
    return """
            iifname "%1$s" ip daddr %2$s udp dport 53 redirect to :%3$d
            iifname "%1$s" ip daddr %2$s tcp dport 53 redirect to :%4$d
        """
        .formatted(segment.bridge, names.address, names.datagrams, names.streams);
  }

  /** What leaves a bridge's subnet, or turns back into it by a published port. */
  private static String leaving(Segment segment) {
    if (segment.internal) {
      return "";
    }
    String out =
        segment.masquerade
            ? "    ip saddr %2$s oifname != \"%1$s\" masquerade\n"
                .formatted(segment.bridge, segment.subnet)
            : "";
    return out
        + "    ip saddr %2$s oifname \"%1$s\" ct status dnat masquerade\n"
            .formatted(segment.bridge, segment.subnet);
  }

  /** A bridge is reached from itself, by answers, and by published ports; by nothing else. */
  private static String entering(Segment segment) {
    String isolation =
        segment.internal
            ? "    iifname \"%1$s\" oifname != \"%1$s\" drop\n".formatted(segment.bridge)
            : "";
    return isolation
        + """
            oifname "%1$s" ct state established,related accept
            oifname "%1$s" iifname "%1$s" accept
            oifname "%1$s" ct status dnat accept
            oifname "%1$s" drop
        """
            .formatted(segment.bridge);
  }

  String add(Collection<PublishedPort> ports) {
    return elements("add", ports);
  }

  String delete(Collection<PublishedPort> ports) {
    return elements("delete", ports);
  }

  String remove() {
    return remove("ip");
  }

  /** Removes the rules for IPv6. */
  String remove6() {
    return remove("ip6");
  }

  private String remove(String family) {
    return "add table %1$s %2$s\ndelete table %1$s %2$s\n".formatted(family, table);
  }

  private String elements(String verb, Collection<PublishedPort> ports) {
    List<String> lines = ports.stream().map(port -> element(verb, port)).toList();
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private String element(String verb, PublishedPort port) {
    String map = port.protocol() + (port.hostAddress().isPresent() ? "_at" : "_any");
    String key = port.hostAddress().map(address -> address + " . ").orElse("") + port.hostPort();
    return "%s element ip %s %s { %s : %s . %d }"
        .formatted(verb, table, map, key, port.target(), port.containerPort());
  }
}
