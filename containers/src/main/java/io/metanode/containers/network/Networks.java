package io.metanode.containers.network;

import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connects containers to networks. */
public interface Networks {

  /**
   * The network a name or id stands for.
   *
   * @throws ApiException 404 {@code network … not found}
   */
  Network resolve(String nameOrId) throws ApiException;

  /**
   * Checks what a container that does not run asks of a network, as far as that will not change.
   *
   * @throws ApiException 400 for the host's network or none, or an address no container can have
   */
  void check(Network network, EndpointRequest asked) throws ApiException;

  /**
   * Gives a container a network namespace on networks, from a pool of ready ones where any place
   * will do, and publishes its ports at the network of its way out.
   *
   * @param places the networks in the order of the container's links; empty for none yet
   * @throws ApiException 404 {@code network … not found}; 400 for an address no host of the network
   *     can have, 403 {@code Address already in use}; 500 {@code … port is already allocated}; with
   *     nothing left allocated
   */
  Lease connect(String containerId, List<EndpointRequest> places, List<PortMapping> ports)
      throws ApiException, IOException;

  /**
   * Lets a container live in another's network namespace.
   *
   * @param pid the other's first process
   */
  Lease share(int pid) throws IOException;

  /**
   * After an engine restart: takes a running container's lease up again from what was recorded.
   *
   * @param pid the container's first process, whose namespace it is
   */
  Lease adopt(String containerId, int pid, LeaseRecord recorded) throws IOException;

  /** Removes rules, links and allocations that belong to none of the {@code known} containers. */
  void removeAllExcept(Set<String> known) throws IOException;

  /** A network. */
  record Network(String id, String name, Driver driver) {}

  /** How containers on a network are connected. */
  enum Driver {
    BRIDGE,
    HOST,
    NULL
  }

  /**
   * A port to publish.
   *
   * @param containerPort 1 to 65535
   * @param protocol {@code tcp} or {@code udp}
   * @param hostAddress the address to listen on; empty for all
   * @param hostPort 0 for one the engine chooses
   * @param lastHostPort of a range from {@code hostPort} on, of which the first free one is taken
   */
  record PortMapping(
      int containerPort,
      String protocol,
      Optional<String> hostAddress,
      int hostPort,
      int lastHostPort) {

    /** One host port, or one the engine chooses. */
    public PortMapping(
        int containerPort, String protocol, Optional<String> hostAddress, int hostPort) {
      this(containerPort, protocol, hostAddress, hostPort, hostPort);
    }
  }

  /**
   * What must be kept on disk of a lease, to adopt it later.
   *
   * @param endpoints in the order in which they were connected
   * @param ports published at the network of the way out
   * @param goneBytes what links that are gone had counted in this run
   */
  record LeaseRecord(List<Endpoint> endpoints, List<PortMapping> ports, long goneBytes) {

    public static final LeaseRecord NONE = new LeaseRecord(List.of(), List.of(), 0);

    public LeaseRecord {
      endpoints = List.copyOf(endpoints);
      ports = List.copyOf(ports);
    }

    /** The place on a network, by its id. */
    public Optional<Endpoint> on(String networkId) {
      return endpoints.stream().filter(each -> each.networkId().equals(networkId)).findFirst();
    }
  }
}
