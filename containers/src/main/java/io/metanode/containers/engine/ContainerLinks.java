package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Endpoint;
import io.metanode.containers.network.Link;
import io.metanode.containers.network.Networks.LeaseRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is linked to whom on the default bridge, from what each container's state says. A link is a
 * second name of its target too: the linking container's, a slash and the alias.
 */
public final class ContainerLinks {

  private static final String BRIDGE = "bridge";

  private final Containers containers;

  public ContainerLinks(Containers containers) {
    this.containers = containers;
  }

  /**
   * A link to a container that runs.
   *
   * @param place where the target is on the default bridge
   */
  public record Live(ContainerLink link, Container target, Endpoint place) {}

  /**
   * What a container that is to be created asks for, its targets by their ids. Of links with one
   * alias the first holds, as by Docker.
   *
   * @throws ApiException 400 in Docker's words if a target is not there, or on the host's network
   */
  List<ContainerLink> resolve(HostConfig host) throws ApiException {
    Map<String, ContainerLink> byAlias = new LinkedHashMap<>();
    for (String text : host.networkMode().equals(BRIDGE) ? host.links() : List.<String>of()) {
      Link link = Link.parse(text);
      Container target = named(link.target());
      Set<String> seen = new HashSet<>();
      while (target.definition().hostConfig().networkContainer().isPresent()
          && seen.add(target.id())) {
        target = named(target.definition().hostConfig().networkContainer().get());
      }
      if (target.definition().hostConfig().networkMode().equals("host")) {
        throw ApiException.badRequest(NetworkValidation.HOST_AND_LINKS);
      }
      byAlias.putIfAbsent(
          link.alias(), new ContainerLink(target.id(), target.state().name(), link.alias()));
    }
    return List.copyOf(byAlias.values());
  }

  private Container named(String target) throws ApiException {
    return containers
        .find(target)
        .orElseThrow(
            () ->
                ApiException.badRequest(
                    "could not get container for " + target + ": No such container: " + target));
  }

  /**
   * The links of a container that is on the default bridge.
   *
   * @throws ApiException 500 in Docker's words if a target does not run, or is not on that bridge
   */
  public List<Live> ofStarting(Container container) throws ApiException {
    List<Live> links = new ArrayList<>();
    for (ContainerLink link : container.state().links()) {
      Optional<Container> target = target(link);
      if (target.isEmpty() || !target.get().state().status().alive()) {
        throw ApiException.internal(
            "Cannot link to a non running container: /%s AS /%s"
                .formatted(nameOf(link), path(container, link)));
      }
      links.add(
          live(link)
              .orElseThrow(
                  () ->
                      ApiException.internal(
                          "container %s not attached to default bridge network"
                              .formatted(target.get().id()))));
    }
    return links;
  }

  /** Those of a container's links whose targets run. */
  public List<Live> running(Container container) {
    return container.state().links().stream().flatMap(link -> live(link).stream()).toList();
  }

  private Optional<Live> live(ContainerLink link) {
    return target(link)
        .filter(target -> target.state().status().alive())
        .flatMap(target -> onBridge(target.state()).map(place -> new Live(link, target, place)));
  }

  private static Optional<Endpoint> onBridge(State state) {
    return state.lease().map(LeaseRecord::endpoints).orElse(List.of()).stream()
        .filter(place -> place.networkName().equals(BRIDGE))
        .findFirst();
  }

  /** Who calls a container something, with what it is called. */
  Map<Container, List<String>> callersOf(Container target) {
    Map<Container, List<String>> callers = new LinkedHashMap<>();
    for (Container container : containers.all()) {
      for (ContainerLink link : container.state().links()) {
        if (target(link).filter(target::equals).isPresent()) {
          callers.computeIfAbsent(container, _ -> new ArrayList<>()).add(link.alias());
        }
      }
    }
    return callers;
  }

  /** The links of a container as Docker shows them, {@code /TARGET:/NAME/ALIAS}. */
  public List<String> shown(Container container) {
    return container.state().links().stream()
        .map(link -> "/%s:/%s".formatted(nameOf(link), path(container, link)))
        .toList();
  }

  /** The names that links give containers, without the first slash, by the containers' ids. */
  public Map<String, Set<String>> names() {
    Map<String, Set<String>> names = new TreeMap<>();
    for (Container container : containers.all()) {
      for (ContainerLink link : container.state().links()) {
        target(link)
            .ifPresent(
                target ->
                    names
                        .computeIfAbsent(target.id(), _ -> new TreeSet<>())
                        .add(path(container, link)));
      }
    }
    return names;
  }

  /** A link of a container by its alias. */
  static Optional<ContainerLink> called(Container container, String alias) {
    return container.state().links().stream()
        .filter(link -> link.alias().equals(alias))
        .findFirst();
  }

  Optional<Container> target(ContainerLink link) {
    return containers.byIdOrName(link.target());
  }

  private String nameOf(ContainerLink link) {
    return target(link).map(target -> target.state().name()).orElse(link.name());
  }

  private static String path(Container container, ContainerLink link) {
    return container.state().name() + "/" + link.alias();
  }
}
