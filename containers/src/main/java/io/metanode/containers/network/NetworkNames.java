package io.metanode.containers.network;

import io.metanode.containers.network.Networks.LeaseRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of the containers that are on one network now. */
final class NetworkNames implements NameServer.Zone {

  private final NetworkDefinition network;
  private final Map<String, Lease> leases;
  private final ContainerNames containers;

  /**
   * @param leases all places given out, by container
   */
  NetworkNames(NetworkDefinition network, Map<String, Lease> leases, ContainerNames containers) {
    this.network = network;
    this.leases = leases;
    this.containers = containers;
  }

  @Override
  public Optional<byte[]> answer(DnsMessage query) {
    Optional<Ipv4> reversed = query.reversed();
    if (reversed.isPresent()) {
      return at(reversed.get())
          .flatMap(id -> containers.namesOf(id).stream().findFirst())
          .map(name -> query.pointer(name + "." + network.name()));
    }
    List<Ipv4> found = addressesOf(query.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(query.addresses(query.type() == DnsMessage.TYPE_A ? found : List.of()));
  }

  private List<Ipv4> addressesOf(String name) {
    List<Ipv4> found = new ArrayList<>();
    leases.forEach(
        (id, lease) -> {
          if (isHere(lease.record())
              && containers.namesOf(id).stream().anyMatch(name::equalsIgnoreCase)) {
            found.add(Ipv4.of(lease.record().address()));
          }
        });
    return found;
  }

  private boolean isHere(LeaseRecord place) {
    return place.networkId().equals(network.id());
  }

  private Optional<String> at(Ipv4 address) {
    return leases.entrySet().stream()
        .filter(each -> isHere(each.getValue().record()))
        .filter(each -> each.getValue().record().address().equals(address.toString()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Nothing outside is asked for what is on a network without a way out. */
  @Override
  public List<String> resolversFor(Ipv4 client) {
    if (network.internal()) {
      return List.of();
    }
    List<String> own = at(client).map(containers::resolversOf).orElse(List.of());
    if (!own.isEmpty()) {
      return own;
    }
    try {
      return ResolvConf.parse(ResolvConf.hostText()).nameservers();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the host's resolv.conf", e);
    }
  }
}
