package io.metanode.containers.network;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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

  private static final System.Logger LOG = System.getLogger(Namespaces.class.getName());
  private static final Path OWN = Path.of("/proc/thread-self/ns/net");
  private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf");
  private static final Path BRIDGE_FILTER = Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");
  private static final Path LINKS = Path.of("/sys/class/net");

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

  /** A name for the host's end of a link, that no other has. */
  String newName() {
    return HOST_PREFIX + HexFormat.of().formatHex(randomness.bytes(5)).substring(0, 9);
  }

  /**
   * Makes a namespace with links, and waits for it.
   *
   * @return a descriptor of it
   */
  int make(List<Wire> wires, Wire.Routes routes) throws IOException {
    return onThread(() -> makeHere(wires, routes));
  }

  /** Gives a namespace more links and another way out, and waits for that. */
  void extend(int descriptor, List<Wire> wires, Wire.Routes routes) throws IOException {
    onThread(
        () -> {
          sys.setNamespace(descriptor, Constants.CLONE_NEWNET);
          try {
            wire(descriptor, wires, routes);
          } finally {
            sys.setNamespace(hostNamespace, Constants.CLONE_NEWNET);
          }
          return descriptor;
        });
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

  /** Makes a namespace with links; only on the thread. */
  int makeHere(List<Wire> wires, Wire.Routes routes) throws IOException {
    int descriptor = -1;
    sys.unshare(Constants.CLONE_NEWNET);
    try {
      descriptor = sys.open(OWN, Constants.O_RDONLY, 0);
      wire(descriptor, wires, routes);
      return descriptor;
    } catch (IOException | RuntimeException e) {
      if (descriptor >= 0) {
        sys.close(descriptor);
      }
      throw e;
    } finally {
      sys.setNamespace(hostNamespace, Constants.CLONE_NEWNET);
    }
  }

  /** On the thread, while it is in the namespace. What was made of a failure goes. */
  private void wire(int descriptor, List<Wire> wires, Wire.Routes routes) throws IOException {
    List<Wire> made = new ArrayList<>();
    try (Netlink inner = new Netlink(sys)) {
      Links links = new Links(inner);
      links.up(1);
      for (Wire wire : wires) {
        made.add(wire);
        host.addVeth(
            wire.hostInterface(),
            wire.place().bridgeIndex(),
            new Links.Peer(
                wire.link(), wire.macAddress(), descriptor, wire.place().options().mtu()));
        settleHostEnd(wire);
        configure(links, wire);
      }
      if (routes.way().isPresent()) {
        Wire.Hop<Ipv4> hop = routes.way().get();
        links.replaceDefaultRoute(links.index(hop.link()), hop.gateway());
      }
      if (routes.way6().isPresent()) {
        Wire.Hop<Ipv6> hop = routes.way6().get();
        links.replaceDefaultRoute(links.index(hop.link()), hop.gateway());
      }
    } catch (IOException | RuntimeException e) {
      made.forEach(wire -> remove(wire.hostInterface()));
      throw e;
    }
  }

  /** Removes a link, if it is there; this may take tens of milliseconds. */
  void remove(String hostInterface) {
    try {
      host.delete(hostInterface);
    } catch (SyscallException e) {
      LOG.log(System.Logger.Level.DEBUG, "gone before it was removed: {0}", hostInterface);
    }
  }

  private static void settleHostEnd(Wire wire) throws IOException {
    Path port = LINKS.resolve(wire.hostInterface()).resolve("brport");
    reflectIfFiltered(port);
    if (!wire.place().options().communication()) {
      Files.writeString(port.resolve("isolated"), "1");
    }
  }

  private static void configure(Links links, Wire wire) throws IOException {
    int index = links.index(wire.link());
    links.addAddress(index, wire.address(), wire.place().addresses().subnet());
    if (wire.address6().isEmpty()) {
      disableIpv6(wire.link());
    } else {
      Subnet6 subnet = wire.place().addresses6().orElseThrow().subnet();
      links.addAddress(index, wire.address6().get(), subnet);
    }
    links.up(index);
  }

  /**
   * Where bridged frames pass through the firewall, a frame that address translation turns back to
   * its sender never leaves the bridge, which by default sends nothing back where it came from.
   */
  private static void reflectIfFiltered(Path port) throws IOException {
    if (Files.exists(BRIDGE_FILTER) && Files.readString(BRIDGE_FILTER).strip().equals("1")) {
      Files.writeString(port.resolve("hairpin_mode"), "1");
    }
  }

  /** As Docker, where the network has none. A host without IPv6 has no such file. */
  private static void disableIpv6(String link) throws IOException {
    Path setting = IPV6.resolve(link).resolve("disable_ipv6");
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
