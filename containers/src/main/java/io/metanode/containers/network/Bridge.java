package io.metanode.containers.network;

import io.metanode.containers.sys.SyscallException;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A bridge of this node on the host. Whose a bridge is stands in its alias, which survives this
 * process but not the link.
 *
 * @param gateway the host's address on it
 */
record Bridge(String name, int index, Subnet subnet, Ipv4 gateway) {

  private static final Path LINKS = Path.of("/sys/class/net");

  /** What a bridge is to be. */
  record Wanted(
      String name, String alias, Addresses addresses, Optional<Addresses6> addresses6, int mtu) {}

  /**
   * Takes over the bridge of that name and alias, or makes it. Its hardware address is set: a
   * bridge without one has the lowest of its links', so that each link that comes or goes would
   * leave all containers on it without a gateway until they ask again where it is.
   */
  static Bridge ensure(Links links, Wanted wanted) throws IOException {
    Optional<InterfaceAddress> address = Optional.empty();
    if (exists(wanted.name)) {
      address = address(wanted.name);
      links.address(wanted.name, macAddress(wanted.name));
    } else {
      links.addBridge(
          wanted.name, wanted.addresses.gateway().macAddress(), wanted.alias, wanted.mtu);
    }
    int index = links.index(wanted.name);
    if (address.isEmpty()) {
      links.addAddress(index, wanted.addresses.gateway(), wanted.addresses.subnet());
    }
    if (wanted.addresses6.isPresent() && !has(wanted.name, wanted.addresses6.get().gateway())) {
      Addresses6 more = wanted.addresses6.get();
      links.addAddress(index, more.gateway(), more.subnet());
    }
    return new Bridge(wanted.name, index, wanted.addresses.subnet(), wanted.addresses.gateway());
  }

  /** The subnet of an existing bridge, with the host's address on it. */
  static Optional<Existing> existing(String name) throws IOException {
    return address(name)
        .map(
            found -> {
              Ipv4 gateway = Ipv4.of(found.getAddress().getHostAddress());
              return new Existing(Subnet.around(gateway, found.getNetworkPrefixLength()), gateway);
            });
  }

  /** Addresses of a bridge that was there before this process. */
  record Existing(Subnet subnet, Ipv4 gateway) {

    Addresses addresses() {
      return new Addresses(subnet, gateway, Optional.empty(), Map.of(), false);
    }
  }

  private static Optional<InterfaceAddress> address(String name) throws IOException {
    NetworkInterface link = NetworkInterface.getByName(name);
    return link == null
        ? Optional.empty()
        : link.getInterfaceAddresses().stream()
            .filter(address -> address.getAddress().getAddress().length == 4)
            .findFirst();
  }

  private static boolean has(String name, Ipv6 address) throws IOException {
    NetworkInterface link = NetworkInterface.getByName(name);
    return link != null
        && link.getInterfaceAddresses().stream()
            .map(each -> each.getAddress().getAddress())
            .anyMatch(octets -> Arrays.equals(octets, address.octets()));
  }

  static String macAddress(String link) throws IOException {
    return Files.readString(LINKS.resolve(link).resolve("address")).strip();
  }

  static boolean exists(String link) {
    return Files.exists(LINKS.resolve(link));
  }

  /** The note on a link; empty if it has none or is gone. */
  static String alias(String link) {
    try {
      return Files.readString(LINKS.resolve(link).resolve("ifalias")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The file with the bytes that came in by a link, which is what its peer sent. */
  static Path receivedBytes(String link) {
    return LINKS.resolve(link).resolve("statistics/rx_bytes");
  }

  void remove(Links links) throws SyscallException {
    links.delete(name);
  }
}
