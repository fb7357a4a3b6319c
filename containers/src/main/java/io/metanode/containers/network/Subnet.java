package io.metanode.containers.network;

import java.util.Optional;

/**
 * A range of IPv4 addresses.
 *
 * @param network the lowest address
 * @param prefixLength bits that are the same for all addresses, 8 to 30
 */
public record Subnet(Ipv4 network, int prefixLength) implements AddressRange<Ipv4> {

  /**
   * @throws IllegalArgumentException if the prefix length is out of range, or host bits are set
   */
  public Subnet {
    if (prefixLength < 8 || prefixLength > 30) {
      throw new IllegalArgumentException("prefix length must be 8 to 30, not " + prefixLength);
    }
    if ((network.bits() & ~mask(prefixLength)) != 0) {
      throw new IllegalArgumentException("host bits are set in " + network + "/" + prefixLength);
    }
  }

  /** Reads {@code 172.29.0.0/16}; host bits are cleared; empty if the text is anything else. */
  public static Optional<Subnet> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,2}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    if (length < 8 || length > 30) {
      return Optional.empty();
    }
    return Ipv4.parse(text.substring(0, slash)).map(address -> around(address, length));
  }

  /** The subnet of that length which holds the address. */
  static Subnet around(Ipv4 address, int prefixLength) {
    return new Subnet(new Ipv4(address.bits() & mask(prefixLength)), prefixLength);
  }

  private static int mask(int prefixLength) {
    return -1 << (32 - prefixLength);
  }

  @Override
  public long size() {
    return 1L << (32 - prefixLength);
  }

  @Override
  public Ipv4 at(long number) {
    return new Ipv4(network.bits() + (int) number);
  }

  /** The address a gateway has unless another is asked for. */
  public Ipv4 firstHost() {
    return at(1);
  }

  @Override
  public boolean holdsHost(Ipv4 address) {
    return contains(address) && !address.equals(network) && !address.equals(broadcast());
  }

  Ipv4 broadcast() {
    return new Ipv4(network.bits() | ~mask(prefixLength));
  }

  boolean contains(Ipv4 address) {
    return (address.bits() & mask(prefixLength)) == network.bits();
  }

  /** Whether all of another range is in this one. */
  public boolean covers(Subnet other) {
    return other.prefixLength >= prefixLength && contains(other.network);
  }

  boolean overlaps(Subnet other) {
    return contains(other.network) || other.contains(network);
  }

  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
