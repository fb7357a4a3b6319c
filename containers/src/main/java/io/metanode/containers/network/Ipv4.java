package io.metanode.containers.network;

import java.util.Optional;

/**
 * An IPv4 address.
 *
 * @param bits the address, its first octet in the highest byte
 */
public record Ipv4(int bits) implements Comparable<Ipv4> {

  private static final int OCTETS = 4;

  /** Reads four decimal octets; empty if the text is anything else. */
  public static Optional<Ipv4> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != OCTETS) {
      return Optional.empty();
    }
    int bits = 0;
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.empty();
      }
      int octet = Integer.parseInt(part);
      if (octet > 255 || (part.length() > 1 && part.charAt(0) == '0')) {
        return Optional.empty();
      }
      bits = bits << 8 | octet;
    }
    return Optional.of(new Ipv4(bits));
  }

  /** Reads an address that is known to be one. */
  public static Ipv4 of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + text));
  }

  /** The four octets in network order. */
  byte[] octets() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  /** A locally administered hardware address made of this address, as 02:42:ac:11:00:02. */
  String macAddress() {
    byte[] octets = octets();
    return "02:42:%02x:%02x:%02x:%02x".formatted(octets[0], octets[1], octets[2], octets[3]);
  }

  boolean isLoopback() {
    return bits >>> 24 == 127;
  }

  @Override
  public int compareTo(Ipv4 other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
