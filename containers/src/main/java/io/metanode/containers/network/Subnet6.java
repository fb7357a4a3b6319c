package io.metanode.containers.network;

import java.util.Optional;

/**
 * A range of IPv6 addresses.
 *
 * @param network the lowest address
 * @param prefixLength bits that are the same for all addresses, 8 to 126
 */
public record Subnet6(Ipv6 network, int prefixLength) implements AddressRange<Ipv6> {

  private static final int BITS = 128;
  private static final int LARGEST_SIZE_BITS = 62;

  /**
   * @throws IllegalArgumentException if the prefix length is out of range, or host bits are set
   */
  public Subnet6 {
    if (prefixLength < 8 || prefixLength > 126) {
      throw new IllegalArgumentException("prefix length must be 8 to 126, not " + prefixLength);
    }
    if (!masked(network, prefixLength).equals(network)) {
      throw new IllegalArgumentException("host bits are set in " + network + "/" + prefixLength);
    }
  }

  /** Reads {@code fd00:1::/64}; host bits are cleared; empty if the text is anything else. */
  public static Optional<Subnet6> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    if (length < 8 || length > 126) {
      return Optional.empty();
    }
    return Ipv6.parse(text.substring(0, slash))
        .map(address -> new Subnet6(masked(address, length), length));
  }

  private static Ipv6 masked(Ipv6 address, int length) {
    long high = length >= Long.SIZE ? -1 : -1L << (Long.SIZE - length);
    long low = length <= Long.SIZE ? 0 : -1L << (BITS - length);
    return new Ipv6(address.high() & high, address.low() & low);
  }

  @Override
  public long size() {
    return 1L << Math.min(BITS - prefixLength, LARGEST_SIZE_BITS);
  }

  @Override
  public Ipv6 at(long number) {
    return new Ipv6(network.high(), network.low() + number);
  }

  /** The address a gateway has unless another is asked for. */
  public Ipv6 firstHost() {
    return at(1);
  }

  @Override
  public boolean holdsHost(Ipv6 address) {
    return contains(address) && !address.equals(network);
  }

  boolean contains(Ipv6 address) {
    return masked(address, prefixLength).equals(network);
  }

  /** Whether all of another range is in this one. */
  public boolean covers(Subnet6 other) {
    return other.prefixLength >= prefixLength && contains(other.network);
  }

  boolean overlaps(Subnet6 other) {
    return contains(other.network) || other.contains(network);
  }

  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
