package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.Driver;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.Network;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A place on the host's network, or on none: nothing was made for it. */
record PlainLease(String container, Network network, LeaseRecord record, Leases leases)
    implements Lease {

  static PlainLease of(String container, Network network, String endpointId, Leases leases) {
    return new PlainLease(
        container,
        network,
        new LeaseRecord(List.of(Endpoint.plain(network, endpointId)), List.of(), 0),
        leases);
  }

  @Override
  public OptionalInt namespaceDescriptor() {
    return OptionalInt.empty();
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
  public Endpoint join(Network more, EndpointRequest asked) throws ApiException {
    throw refusal(network.driver());
  }

  @Override
  public Parting leave(Network left) throws ApiException {
    throw refusal(network.driver());
  }

  /** Docker's words on a container that is on the host's network or on none. */
  static ApiException refusal(Driver driver) {
    return ApiException.badRequest(
        driver == Driver.NULL
            ? "container cannot be connected to multiple networks with one of the networks in"
                + " private (none) mode"
            : "cannot connect container to host network - container must be created in host network"
                + " mode");
  }

  @Override
  public void release() {
    leases.remove(container, this);
    leases.tell("disconnect", network, container);
  }
}
