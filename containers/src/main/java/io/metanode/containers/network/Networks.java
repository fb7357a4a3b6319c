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
   * Gives a container a network namespace on a network, from a pool of ready ones, and publishes
   * its ports.
   *
   * @throws ApiException 500 {@code … port is already allocated}, with nothing left allocated
   */
  Lease connect(String containerId, Network network, List<PortMapping> ports)
      throws ApiException, IOException;

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

  /** What must be kept on disk of a lease, to adopt it later. */
  record LeaseRecord(
      String networkId,
      String networkName,
      String endpointId,
      String address,
      int prefixLength,
      String gateway,
      String macAddress,
      String hostInterface,
      List<PortMapping> ports) {}
}
