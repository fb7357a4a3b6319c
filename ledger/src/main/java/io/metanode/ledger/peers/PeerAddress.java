package io.metanode.ledger.peers;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a validator listens.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record PeerAddress(String host, int port) {

  /**
   * @throws IllegalArgumentException if host or port are none
   */
  public PeerAddress {
    if (host.isEmpty() || port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("no address: " + host + ":" + port);
    }
  }

  /** Reads {@code host:port} or {@code [address]:port}; empty if it is neither. */
  public static Optional<PeerAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      return Optional.empty();
    }
    boolean usable = !host.isEmpty() && port > 0 && port <= 0xffff;
    return usable ? Optional.of(new PeerAddress(host, port)) : Optional.empty();
  }

  /** The address as it resolves now. */
  InetSocketAddress resolve() {
    return new InetSocketAddress(host, port);
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
