package io.metanode.containers.network;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** A place on a bridge. */
final class BridgeLease implements Lease {

  private final BridgeNetwork network;
  private final WiredNamespace namespace;
  private final PortPublisher.Publication publication;
  private final Networks.LeaseRecord recorded;
  private final Runnable onRelease;
  private final AtomicBoolean released = new AtomicBoolean();

  BridgeLease(
      BridgeNetwork network,
      WiredNamespace namespace,
      PortPublisher.Publication publication,
      Networks.LeaseRecord recorded,
      Runnable onRelease) {
    this.network = network;
    this.namespace = namespace;
    this.publication = publication;
    this.recorded = recorded;
    this.onRelease = onRelease;
  }

  @Override
  public OptionalInt namespaceDescriptor() {
    return OptionalInt.of(namespace.descriptor());
  }

  @Override
  public Optional<Path> egressCounter() {
    return Optional.of(Bridge.receivedBytes(namespace.hostInterface()));
  }

  @Override
  public Optional<String> nameServer() {
    return network.nameServer().map(Ipv4::toString);
  }

  @Override
  public Networks.LeaseRecord record() {
    return recorded;
  }

  @Override
  public void release() {
    if (released.compareAndSet(false, true)) {
      publication.close();
      network.giveBack(namespace);
      onRelease.run();
    }
  }
}
