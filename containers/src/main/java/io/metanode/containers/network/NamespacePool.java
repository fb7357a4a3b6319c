package io.metanode.containers.network;

import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Ready namespaces of one bridge, so that connecting a container waits for none. */
final class NamespacePool implements AutoCloseable {

  private static final Logger LOG = System.getLogger(NamespacePool.class.getName());

  /** Refilling starts a little after a namespace is taken, to leave the CPU to its container. */
  private static final long REFILL_DELAY_MILLIS = 10;

  private final Namespaces namespaces;
  private final Namespaces.Place place;
  private final AddressPool addresses;
  private final Syscalls sys;
  private final int target;
  private final ConcurrentLinkedDeque<WiredNamespace> ready = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * @param target how many to hold ready; 0 for making each when it is asked for
   */
  NamespacePool(
      Namespaces namespaces,
      Namespaces.Place place,
      AddressPool addresses,
      Syscalls sys,
      int target) {
    this.namespaces = namespaces;
    this.place = place;
    this.addresses = addresses;
    this.sys = sys;
    this.target = target;
  }

  /** Begins to make namespaces; after all addresses in use are known. */
  void fill() {
    namespaces.later(this::refill, 0);
  }

  /**
   * Takes a namespace, a ready one if there is one.
   *
   * @throws IOException if none can be made, or the subnet has no free address
   */
  WiredNamespace take() throws IOException {
    WiredNamespace taken = ready.poll();
    if (target > 0) {
      namespaces.later(this::refill, ready.isEmpty() ? 0 : REFILL_DELAY_MILLIS);
    }
    return taken != null ? taken : make();
  }

  private WiredNamespace make() throws IOException {
    Ipv4 address = address();
    try {
      return namespaces.make(place, address);
    } catch (IOException e) {
      addresses.free(address, "");
      throw e;
    }
  }

  private Ipv4 address() throws IOException {
    return addresses
        .take()
        .orElseThrow(
            () -> new IOException("no free address in " + place.subnet() + "; remove containers"));
  }

  private void refill() {
    while (!closed && ready.size() < target) {
      try {
        Ipv4 address = address();
        try {
          ready.add(namespaces.makeHere(place, address));
        } catch (IOException e) {
          addresses.free(address, "");
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          LOG.log(Level.WARNING, "no network namespace made ahead: {0}", e.getMessage());
        }
        return;
      }
    }
    if (closed) {
      drain();
    }
  }

  boolean holds(String hostInterface) {
    return ready.stream().anyMatch(each -> each.hostInterface().equals(hostInterface));
  }

  int ready() {
    return ready.size();
  }

  private void drain() {
    for (WiredNamespace each = ready.poll(); each != null; each = ready.poll()) {
      sys.close(each.descriptor());
      addresses.free(each.address(), each.hostInterface());
    }
  }

  /** Destroys the namespaces nobody took. */
  @Override
  public void close() {
    closed = true;
    drain();
  }
}
