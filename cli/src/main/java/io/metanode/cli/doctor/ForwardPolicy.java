package io.metanode.cli.doctor;

import io.metanode.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the host's firewall lets through what our bridges forward: Docker's daemon sets the policy
 * of iptables' FORWARD chain to DROP, for the bridges of others too.
 */
final class ForwardPolicy {

  private static final String WHAT = "FORWARD policy";

  /** Bridges of nodes ({@code metanode0}) and of networks that users make ({@code mnb…}). */
  private static final String OURS = "metanode[0-9]+|mnb[0-9a-f]+";

  private ForwardPolicy() {}

  static Finding check() {
    if (!Program.isInstalled("iptables")) {
      return Finding.ok(WHAT, "no iptables on this host");
    }
    return finding(Program.of("iptables", "-S", "FORWARD").run().output(), bridges());
  }

  private static List<String> bridges() {
    try (Stream<Path> interfaces = Files.list(Path.of("/sys/class/net"))) {
      return interfaces
          .filter(each -> Files.exists(each.resolve("bridge")))
          .map(each -> String.valueOf(each.getFileName()))
          .filter(name -> name.matches(OURS))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * @param rules as {@code iptables -S FORWARD} writes them
   * @param bridges those of ours that the host has
   */
  static Finding finding(String rules, List<String> bridges) {
    if (!rules.contains("-P FORWARD DROP")) {
      return Finding.ok(WHAT, "does not drop");
    }
    List<String> wanted =
        bridges.stream()
            .flatMap(bridge -> Stream.of("-i " + bridge, "-o " + bridge))
            .filter(way -> !rules.contains("-A FORWARD " + way + " -j ACCEPT"))
            .toList();
    if (!bridges.isEmpty() && wanted.isEmpty()) {
      return Finding.ok(WHAT, "DROP, and our bridges are accepted");
    }
    String advice =
        bridges.isEmpty()
            ? "run this again once the node runs and has its bridge"
            : wanted.stream()
                .map(way -> "iptables -I FORWARD " + way + " -j ACCEPT")
                .collect(Collectors.joining("; ", "allow our bridges: ", ""));
    return Finding.warn(
        WHAT, "DROP: another engine or a firewall drops what it does not know", advice);
  }
}
