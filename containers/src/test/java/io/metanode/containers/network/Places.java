package io.metanode.containers.network;

/** Places on networks, for tests. */
final class Places {

  private Places() {}

  /** A place with addresses; without an IPv6 one if that is empty. */
  static Endpoint at(String address, String address6) {
    return new Endpoint(
        "n",
        "net",
        "e",
        "eth0",
        "mn0",
        "",
        address,
        16,
        "",
        address6,
        64,
        "",
        EndpointRequest.to("net"));
  }
}
