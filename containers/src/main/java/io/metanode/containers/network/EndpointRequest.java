package io.metanode.containers.network;

import java.util.List;
import java.util.Map;

/**
 * What a container asks of one network; empty texts for what the engine may choose.
 *
 * @param network its name or id
 * @param aliases what others on it call the container besides its name
 * @param links {@code NAME:ALIAS}: what the container itself calls others
 * @param address an IPv4 address of its own
 * @param address6 an IPv6 address of its own
 * @param macAddress as {@code 02:42:ac:11:00:02}
 * @param driverOptions what the container's owner notes for the network's driver; none changes
 *     anything
 * @param gatewayPriority where several networks have a way out, that of the highest number is taken
 */
public record EndpointRequest(
    String network,
    List<String> aliases,
    List<String> links,
    String address,
    String address6,
    String macAddress,
    Map<String, String> driverOptions,
    int gatewayPriority) {

  public EndpointRequest {
    aliases = List.copyOf(aliases);
    links = List.copyOf(links);
    driverOptions = Map.copyOf(driverOptions);
  }

  /** Nothing but to be on the network. */
  public static EndpointRequest to(String network) {
    return new EndpointRequest(network, List.of(), List.of(), "", "", "", Map.of(), 0);
  }

  /** The same by another name of the network. */
  public EndpointRequest named(String name) {
    return new EndpointRequest(
        name, aliases, links, address, address6, macAddress, driverOptions, gatewayPriority);
  }

  /** Whether a namespace that was made ahead will do. */
  boolean anyPlaceWillDo() {
    return address.isEmpty() && address6.isEmpty() && macAddress.isEmpty();
  }
}
