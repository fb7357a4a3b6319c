package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.network.Networks.Network;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** A container's places on networks, until they are released. Changed by one thread at a time. */
public interface Lease {

  /** The engine's descriptor of the network namespace; empty for the host's own. */
  OptionalInt namespaceDescriptor();

  /** What counts the bytes the container sent; nothing without links of its own. */
  Egress egress();

  /** Whom the container asks for names; empty for the resolvers it was given, or the host's. */
  Optional<String> nameServer();

  /** What to keep on disk; ports carry the host ports chosen. */
  LeaseRecord record();

  /**
   * Takes a place on one more network, with all that follows: the way out, published ports.
   *
   * @return the place, which {@link #record} has too
   * @throws ApiException 400 where such a container is on no network, or as {@link
   *     Networks#connect}; nothing has changed then
   */
  Endpoint join(Network network, EndpointRequest asked) throws ApiException, IOException;

  /**
   * Begins to leave a network: nothing passes any more, and what was sent is counted; {@link
   * #record} is without the place.
   *
   * @throws ApiException 400 where such a container cannot leave, 500 if it is not there
   */
  Parting leave(Network network) throws ApiException, IOException;

  /** The second half of leaving; one of both is called. */
  interface Parting {

    /** Removes the link and frees its addresses. */
    void complete() throws IOException;

    /** Takes the place up again. */
    void undo() throws IOException;
  }

  /** Unpublishes ports and frees addresses and namespace; slow parts happen in the background. */
  void release();
}
