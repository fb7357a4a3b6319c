package io.metanode.containers.network;

import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Ready namespaces of one bridge, so that connecting a container waits for none. */
final class NamespacePool implements AutoCloseable {

  private static final Logger LOG = System.getLogger(NamespacePool.class.getName());

  /** Refilling starts a little after a namespace is taken, to leave the CPU to its container. */
  private static final long REFILL_DELAY_MILLIS = 30;

  private final Namespaces namespaces;
  private final Supplier<Optional<Wire>> wires;
  private final Consumer<Wire> freed;
  private final Syscalls sys;
  private final int target;
  private final ConcurrentLinkedDeque<WiredNamespace> ready = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  /**
   * @param wires a link with an address of its own, to be made; empty if there is no address
   * @param freed takes such a link's address back
   * @param target how many to hold ready; 0 for none
   */
  NamespacePool(
      Namespaces namespaces,
      Supplier<Optional<Wire>> wires,
      Consumer<Wire> freed,
      Syscalls sys,
      int target) {
    this.namespaces = namespaces;
    this.wires = wires;
    this.freed = freed;
    this.sys = sys;
    this.target = target;
  }

  /** Begins to make namespaces; after all addresses in use are known. */
  void fill() {
    namespaces.later(this::refill, 0);
  }

  /** Takes a ready namespace, if there is one. */
  Optional<WiredNamespace> take() {
    Optional<WiredNamespace> taken = Optional.ofNullable(ready.poll());
    if (target > 0) {
      namespaces.later(this::refill, ready.isEmpty() ? 0 : REFILL_DELAY_MILLIS);
    }
    return taken;
  }

  private void refill() {
    while (!closed && ready.size() < target) {
      Optional<Wire> wire = wires.get();
      if (wire.isEmpty()) {
        return;
      }
      try {
        ready.add(
            new WiredNamespace(
                namespaces.makeHere(List.of(wire.get()), BridgeNetwork.through(wire.get())),
                wire.get()));
      } catch (IOException | RuntimeException e) {
        freed.accept(wire.get());
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
    return ready.stream().anyMatch(each -> each.wire().hostInterface().equals(hostInterface));
  }

  int ready() {
    return ready.size();
  }

  private void drain() {
    for (WiredNamespace each = ready.poll(); each != null; each = ready.poll()) {
      sys.close(each.descriptor());
      freed.accept(each.wire());
    }
  }

  /** Destroys the namespaces nobody took. */
  @Override
  public void close() {
    closed = true;
    drain();
  }
}
