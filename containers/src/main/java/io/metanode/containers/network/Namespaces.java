package io.metanode.containers.network;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes network namespaces on a thread of its own, which alone changes its namespace. A namespace
 * is held by a descriptor and never has a name, so that the end of this process and of the
 * container's leaves nothing behind.
 */
final class Namespaces implements AutoCloseable {

  private static final Path OWN = Path.of("/proc/thread-self/ns/net");
  private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");
  private static final Path BRIDGE_FILTER = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
  private static final Path LINKS = Path.of("/sys/class/net");
  private static final String LINK = "eth0";

  /** The prefix of the host's ends of links. */
  static final String HOST_PREFIX = "mn";

  private final Syscalls sys;
  private final Randomness randomness;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metanode-netns").factory());
  private final Netlink netlink;
  private final Links host;
  private final int hostNamespace;

  /** Where a namespace's link leads. */
  record Place(int bridgeIndex, Subnet subnet, Ipv4 gateway) {}

  Namespaces(Syscalls sys, Randomness randomness) throws IOException {
    this.sys = sys;
    this.randomness = randomness;
    this.netlink = new Netlink(sys);
    this.host = new Links(netlink);
    this.hostNamespace = sys.open(OWN, Constants.O_RDONLY, 0);
  }

  /** Links of the host's namespace. */
  Links host() {
    return host;
  }

  /** Makes a namespace and waits for it. */
  WiredNamespace make(Place place, Ipv4 address) throws IOException {
    return onThread(() -> makeHere(place, address));
  }

  /** Runs work on the thread later. */
  void later(Runnable work, long delayMillis) {
    try {
      var _ = thread.schedule(work, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: nothing more is made.
    }
  }

  /** Runs work on the thread, between namespaces, and waits for it. */
  <T> T onThread(Callable<T> work) throws IOException {
    try {
      return thread.submit(work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("cannot make a network namespace", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a network namespace was made", e);
    }
  }

  /** Makes a namespace; only on the thread. */
  WiredNamespace makeHere(Place place, Ipv4 address) throws IOException {
    String name = HOST_PREFIX + HexFormat.of().formatHex(randomness.bytes(5)).substring(0, 9);
    int descriptor = -1;
    sys.unshare(Constants.CLONE_NEWNET);
    try {
      descriptor = sys.open(OWN, Constants.O_RDONLY, 0);
      host.addVeth(name, place.bridgeIndex, new Links.Peer(LINK, address.macAddress(), descriptor));
      reflectIfFiltered(name);
      configure(place, address);
      return new WiredNamespace(descriptor, name, address);
    } catch (IOException e) {
      if (descriptor >= 0) {
        sys.close(descriptor);
      }
      throw e;
    } finally {
      sys.setNamespace(hostNamespace, Constants.CLONE_NEWNET);
    }
  }

  private void configure(Place place, Ipv4 address) throws IOException {
    try (Netlink inner = new Netlink(sys)) {
      Links links = new Links(inner);
      disableIpv6();
      int index = links.index(LINK);
      links.addAddress(index, address, place.subnet);
      links.up(1);
      links.up(index);
      links.addDefaultRoute(index, place.gateway);
    }
  }

  /**
   * Where bridged frames pass through the firewall, a frame that address translation turns back to
   * its sender never leaves the bridge, which by default sends nothing back where it came from.
   */
  private static void reflectIfFiltered(String link) throws IOException {
    if (Files.exists(BRIDGE_FILTER) && Files.readString(BRIDGE_FILTER).strip().equals("1")) {
      Files.writeString(LINKS.resolve(link).resolve("brport/hairpin_mode"), "1");
    }
  }

  /** As Docker's default bridge: no IPv6 on the link. A host without IPv6 has no such file. */
  private static void disableIpv6() throws IOException {
    Path setting = IPV6.resolve(LINK).resolve("disable_ipv6");
    if (Files.exists(setting)) {
      Files.writeString(setting, "1");
    }
  }

  @Override
  public void close() {
    thread.close();
    netlink.close();
    sys.close(hostNamespace);
  }
}
