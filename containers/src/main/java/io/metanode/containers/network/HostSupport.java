package io.metanode.containers.network;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this host can do for networks. */
final class HostSupport {

  private static final Logger LOG = System.getLogger(HostSupport.class.getName());
  private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");

  private static final Path CONFIGURATION6 = Path.of("/proc/sys/net/ipv6/conf");
  private static final Path FORWARDING6 = CONFIGURATION6.resolve("all/forwarding");

  private HostSupport() {}

  /** The loader of this host; without nft every script is refused with what to do. */
  static RuleLoader rules() {
    return Nft.find()
        .<RuleLoader>map(nft -> nft)
        .orElse(
            _ -> {
              throw new IOException("nft is not installed; install the package nftables");
            });
  }

  static void enableForwarding() {
    try {
      if (!forwards()) {
        Files.writeString(FORWARDING, "1");
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "IPv4 forwarding stays off: {0}", e.getMessage());
    }
  }

  static boolean hasIpv6() {
    return Files.exists(Path.of("/proc/net/if_inet6"));
  }

  /**
   * Forwards IPv6 between networks. A host that forwards takes no routers' word any more unless it
   * is told to: links that did go on doing so.
   */
  static void enableForwarding6() {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(CONFIGURATION6)) {
      if (Files.readString(FORWARDING6).strip().equals("1")) {
        return;
      }
      for (Path link : links) {
        Path accept = link.resolve("accept_ra");
        if (Files.readString(accept).strip().equals("1")) {
          Files.writeString(accept, "2");
        }
      }
      Files.writeString(FORWARDING6, "1");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "IPv6 forwarding stays off: {0}", e.getMessage());
    }
  }

  private static boolean forwards() throws IOException {
    return Files.readString(FORWARDING).strip().equals("1");
  }

  /**
   * @param refused what the firewall refused, if it did
   */
  static List<String> warnings(Optional<String> refused) {
    List<String> warnings = new ArrayList<>();
    refused.ifPresent(
        reason ->
            warnings.add(
                "WARNING: no address translation, containers reach only each other and this host,"
                    + " and published ports go through a proxy: "
                    + reason));
    try {
      if (!forwards()) {
        warnings.add("WARNING: IPv4 forwarding is disabled");
      }
    } catch (IOException e) {
      warnings.add("WARNING: IPv4 forwarding is unknown: " + e.getMessage());
    }
    if (anotherEngineDrops()) {
      warnings.add(
          "WARNING: the FORWARD chain of iptables drops by default (another container engine does"
              + " that); allow the bridge: iptables -I DOCKER-USER -i metanode+ -j ACCEPT;"
              + " iptables -I DOCKER-USER -o metanode+ -j ACCEPT");
    }
    return warnings;
  }

  /** Accepting in our own table does not help against a chain of another that drops. */
  private static boolean anotherEngineDrops() {
    try {
      return Nft.find().isPresent()
          && Nft.find()
              .get()
              .run(List.of("list", "chain", "ip", "filter", "FORWARD"), "")
              .contains("policy drop");
    } catch (IOException e) {
      return false;
    }
  }
}
