package io.metanode.containers.network;

/**
 * A container's place on one network, as it must be kept on disk; empty texts for what it does not
 * have.
 *
 * @param link the name of its link in the container
 * @param hostInterface the host's end of that
 * @param asked what was asked for
 */
public record Endpoint(
    String networkId,
    String networkName,
    String endpointId,
    String link,
    String hostInterface,
    String macAddress,
    String address,
    int prefixLength,
    String gateway,
    String address6,
    int prefixLength6,
    String gateway6,
    EndpointRequest asked) {

  /** A place for which nothing was made: on the host's network, or on none. */
  static Endpoint plain(Networks.Network network, String endpointId) {
    return new Endpoint(
        network.id(),
        network.name(),
        endpointId,
        "",
        "",
        "",
        "",
        0,
        "",
        "",
        0,
        "",
        EndpointRequest.to(network.name()));
  }
}
