package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.Network;
import io.metanode.containers.sys.Syscalls;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** A place in another container's network namespace, which that one's places count for. */
final class SharedLease implements Lease {

  private final int descriptor;
  private final Syscalls sys;
  private final AtomicBoolean released = new AtomicBoolean();

  SharedLease(int descriptor, Syscalls sys) {
    this.descriptor = descriptor;
    this.sys = sys;
  }

  @Override
  public OptionalInt namespaceDescriptor() {
    return OptionalInt.of(descriptor);
  }

  @Override
  public Egress egress() {
    return Egress.NONE;
  }

  @Override
  public Optional<String> nameServer() {
    return Optional.empty();
  }

  @Override
  public LeaseRecord record() {
    return LeaseRecord.NONE;
  }

  @Override
  public Endpoint join(Network network, EndpointRequest asked) throws ApiException {
    throw refusal();
  }

  @Override
  public Parting leave(Network network) throws ApiException {
    throw refusal();
  }

  private static ApiException refusal() {
    return ApiException.badRequest(
        "container sharing network namespace with another container or host cannot be connected to"
            + " any other network");
  }

  @Override
  public void release() {
    if (released.compareAndSet(false, true)) {
      sys.close(descriptor);
    }
  }
}
