package io.metanode.containers.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An IPv6 address.
 *
 * @param high its first eight octets
 * @param low the others
 */
public record Ipv6(long high, long low) {

  private static final int GROUPS = 8;

  /** Reads an address without a zone; empty if the text is anything else. */
  public static Optional<Ipv6> parse(String text) {
    if (text.indexOf(':') < 0 || !text.matches("[0-9a-fA-F:.]{2,45}")) {
      return Optional.empty();
    }
    try {
      return InetAddress.ofLiteral(text) instanceof Inet6Address address
          ? Optional.of(of(address.getAddress()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads an address that is known to be one. */
  public static Ipv6 of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv6 address: " + text));
  }

  /** The address of sixteen octets in network order. */
  static Ipv6 of(byte[] octets) {
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    return new Ipv6(buffer.getLong(), buffer.getLong());
  }

  /** The sixteen octets in network order. */
  byte[] octets() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  /** As RFC 5952 has it: lower case, the longest run of two or more zero groups left out. */
  @Override
  public String toString() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      long half = i < GROUPS / 2 ? high : low;
      groups.add(Long.toHexString((half >>> (16 * (GROUPS / 2 - 1 - i % (GROUPS / 2)))) & 0xFFFF));
    }
    int start = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups.get(end).equals("0")) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    if (length < 2) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, start))
        + "::"
        + String.join(":", groups.subList(start + length, GROUPS));
  }
}
