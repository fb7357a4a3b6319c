package io.metanode.containers.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Counts the connections of clients that have not shown who they are, all of them and those of one
 * place: an IPv4 address, or an IPv6 network of 64 bits, whose addresses are all its owner's.
 */
final class Strangers {

  static final int FROM_ONE_PLACE = 16;
  private static final int PREFIX_BYTES = 8;

  private final int most;
  private final Map<String, Integer> byPlace = new HashMap<>();
  private int all;

  Strangers(int most) {
    this.most = most;
  }

  /** False if there is no room for another. */
  synchronized boolean enter(InetAddress from) {
    String place = place(from);
    int there = byPlace.getOrDefault(place, 0);
    if (all >= most || there >= FROM_ONE_PLACE) {
      return false;
    }
    byPlace.put(place, there + 1);
    all++;
    return true;
  }

  /** One that entered is a stranger no more, or gone. */
  synchronized void leave(InetAddress from) {
    byPlace.computeIfPresent(place(from), (_, there) -> there == 1 ? null : there - 1);
    all--;
  }

  private static String place(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(bytes, 0, PREFIX_BYTES) + "::/64"
        : HexFormat.of().formatHex(bytes);
  }
}
