package io.metanode.containers.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Which registries need no certificate that somebody vouches for. */
public final class InsecureHosts {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  private final List<String> entries;

  InsecureHosts(List<String> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Whether a registry, {@code host} or {@code host:port}, is one of them. */
  boolean contains(String authority) {
    String host = host(authority);
    return entries.contains(authority)
        || entries.contains(host)
        || host.equals("localhost")
        || addresses(host).stream().anyMatch(this::contains);
  }

  private boolean contains(InetAddress address) {
    return address.isLoopbackAddress()
        || entries.stream().anyMatch(entry -> entry.contains("/") && covers(entry, address));
  }

  /** A name is resolved only where a network could hold it. */
  private List<InetAddress> addresses(String host) {
    boolean literal = LITERAL.matcher(host).matches();
    if (!literal && entries.stream().noneMatch(entry -> entry.contains("/"))) {
      return List.of();
    }
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of(); // the connection will say so
    }
  }

  private static String host(String authority) {
    String host = PORT.matcher(authority).replaceFirst("");
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether an address is in a network; false if that is none. */
  static boolean covers(String network, InetAddress address) {
    int slash = network.indexOf('/');
    String length = network.substring(slash + 1);
    if (!isNetwork(network.substring(0, slash), length)) {
      return false;
    }
    byte[] base = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
    byte[] other = address.getAddress();
    int bits = Integer.parseInt(length);
    int whole = bits / 8;
    if (base.length != other.length || !Arrays.equals(base, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((base[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
  }

  /**
   * @throws IllegalArgumentException if it is neither a host nor a network
   */
  public static void require(String entry) {
    int slash = entry.indexOf('/');
    boolean valid =
        slash < 0
            ? HOST.matcher(PORT.matcher(entry).replaceFirst("")).matches()
            : isNetwork(entry.substring(0, slash), entry.substring(slash + 1));
    if (!valid) {
      throw new IllegalArgumentException(
          entry + " is neither host, host:port nor a network such as 10.0.0.0/8");
    }
  }

  private static boolean isNetwork(String base, String bits) {
    try {
      int most = InetAddress.ofLiteral(base).getAddress().length * 8;
      return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
