package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Egress;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.EndpointRequest;
import io.metanode.containers.network.Lease;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.Network;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The place of a container whose network went with its process while no engine was there; what is
 * left of it on the host is removed as belonging to no container.
 */
record NoLease(Optional<LeaseRecord> recorded) implements Lease {

  @Override
  public OptionalInt namespaceDescriptor() {
    return OptionalInt.empty();
  }

  @Override
  public Egress egress() {
    return Egress.NONE;
  }

  @Override
  public Endpoint join(Network network, EndpointRequest asked) throws ApiException {
    throw ended();
  }

  @Override
  public Parting leave(Network network) throws ApiException {
    throw ended();
  }

  private static ApiException ended() {
    return ApiException.conflict("the container has ended; try again");
  }

  @Override
  public LeaseRecord record() {
    return recorded.orElse(LeaseRecord.NONE);
  }

  @Override
  public void release() {}

  @Override
  public Optional<String> nameServer() {
    return Optional.empty();
  }
}
