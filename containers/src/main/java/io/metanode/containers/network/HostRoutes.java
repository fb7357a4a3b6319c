package io.metanode.containers.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which IPv4 ranges the host uses already, by its routes and addresses. */
record HostRoutes(List<Range> ranges) {

  private static final Path ROUTES = Path.of("/proc/net/route");
  private static final int DESTINATION = 1;
  private static final int MASK = 7;

  /** Addresses that are the same under a mask. */
  record Range(int network, int mask) {

    boolean overlaps(Subnet subnet) {
      int common = mask & -1 << (32 - subnet.prefixLength());
      return (network & common) == (subnet.network().bits() & common);
    }
  }

  static HostRoutes read() throws IOException {
    List<Range> ranges = new ArrayList<>();
    try (Stream<String> lines = Files.lines(ROUTES)) {
      lines.skip(1).map(HostRoutes::range).filter(range -> range.mask != 0).forEach(ranges::add);
    }
    try (Stream<NetworkInterface> links = NetworkInterface.networkInterfaces()) {
      links
          .flatMap(link -> link.getInterfaceAddresses().stream())
          .map(InterfaceAddress::getAddress)
          .map(InetAddress::getAddress)
          .filter(octets -> octets.length == 4)
          .forEach(octets -> ranges.add(new Range(bits(octets), -1)));
    }
    return new HostRoutes(ranges);
  }

  /** A line of /proc/net/route; its hexadecimal numbers are in the host's byte order. */
  static Range range(String line) {
    String[] fields = line.split("\\s+", -1);
    return new Range(
        Integer.reverseBytes(Integer.parseUnsignedInt(fields[DESTINATION], 16)),
        Integer.reverseBytes(Integer.parseUnsignedInt(fields[MASK], 16)));
  }

  private static int bits(byte[] octets) {
    return ByteBuffer.wrap(octets).getInt();
  }

  boolean free(Subnet subnet) {
    return ranges.stream().noneMatch(range -> range.overlaps(subnet));
  }

  /**
   * The first subnet for a bridge that collides with nothing on the host.
   *
   * @throws IOException if none is free
   */
  Subnet choose() throws IOException {
    return Stream.concat(
            IntStream.of(29, 30, 31, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18)
                .mapToObj(second -> new Subnet(Ipv4.of("172." + second + ".0.0"), 16)),
            Stream.concat(
                IntStream.range(0, 16)
                    .mapToObj(i -> new Subnet(Ipv4.of("192.168." + 16 * i + ".0"), 20)),
                IntStream.range(64, 128)
                    .mapToObj(i -> new Subnet(Ipv4.of("10." + i + ".0.0"), 16))))
        .filter(this::free)
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "no free range of addresses for a bridge: all collide with the host's routes;"
                        + " configure one"));
  }
}
