package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageUsers;
import io.metanode.containers.network.ContainerNames;
import io.metanode.foundation.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The containers there are, by id and name. A name is reserved before its container exists. */
public final class Containers implements ContainerNames {

  private final ConcurrentSkipListMap<String, Container> byId = new ConcurrentSkipListMap<>();
  private final Map<String, String> idByName = new ConcurrentHashMap<>();
  private final ContainerLinks links = new ContainerLinks(this);

  /** Who is linked to whom. */
  public ContainerLinks links() {
    return links;
  }

  /**
   * Takes a name for a container.
   *
   * @throws ApiException 409 in Docker's words if another has it
   */
  void reserveName(String name, String id) throws ApiException {
    String holder = idByName.putIfAbsent(name, id);
    if (holder != null && !holder.equals(id)) {
      throw ApiException.conflict(
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + holder
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
  }

  /** Takes a name if it is free. */
  boolean tryReserveName(String name, String id) {
    return idByName.putIfAbsent(name, id) == null;
  }

  void releaseName(String name, String id) {
    idByName.remove(name, id);
  }

  /** Makes a container visible; its name is reserved. */
  void add(Container container) {
    byId.put(container.id(), container);
  }

  /** Makes a container invisible and frees its name. */
  void remove(Container container) {
    byId.remove(container.id());
    releaseName(container.state().name(), container.id());
  }

  /** All containers, in the order of their ids. */
  public Collection<Container> all() {
    return byId.values();
  }

  Set<String> ids() {
    return Set.copyOf(byId.keySet());
  }

  /**
   * Finds a container by id, name, what another calls it by a link ({@code NAME/ALIAS}), or a
   * unique prefix of an id, in this order.
   *
   * @throws ApiException 404 {@code No such container: …}; 400 if the prefix is ambiguous
   */
  public Container resolve(String reference) throws ApiException {
    return find(reference)
        .orElseThrow(() -> ApiException.notFound("No such container: " + reference));
  }

  /**
   * As {@link #resolve}, but empty if there is none.
   *
   * @throws ApiException 400 if the prefix is ambiguous
   */
  public Optional<Container> find(String reference) throws ApiException {
    Optional<Container> exact = byIdOrName(reference).or(() -> byLink(reference));
    if (exact.isPresent()) {
      return exact;
    }
    return byPrefix(reference);
  }

  Optional<Container> byIdOrName(String reference) {
    Container exact = byId.get(reference);
    if (exact != null) {
      return Optional.of(exact);
    }
    String id = idByName.get(reference.startsWith("/") ? reference.substring(1) : reference);
    return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id));
  }

  private Optional<Container> byLink(String reference) {
    int slash = reference.lastIndexOf('/');
    return slash < 1
        ? Optional.empty()
        : byIdOrName(reference.substring(0, slash))
            .flatMap(by -> ContainerLinks.called(by, reference.substring(slash + 1)))
            .flatMap(links::target);
  }

  /**
   * A container whose namespaces another is to live in.
   *
   * @param kind of the namespace, for the error message
   * @throws ApiException 404 if there is none; in Docker's words if it does not run: 409, and 500
   *     of a namespace of processes
   */
  public Container running(String id, String kind) throws ApiException {
    Container found = resolve(id);
    if (found.active() == null || !found.state().status().alive()) {
      if (kind.equals("network")) {
        throw ApiException.conflict(
            "cannot join network of a non running container: " + found.id());
      }
      throw new ApiException(
          kind.equals("PID") ? 500 : 409,
          "failed to join %s namespace: container %s is not running".formatted(kind, found.id()));
    }
    return found;
  }

  private Optional<Container> byPrefix(String prefix) throws ApiException {
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    List<Container> matches = new ArrayList<>();
    for (Map.Entry<String, Container> entry : byId.tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix) || matches.size() == 2) {
        break;
      }
      matches.add(entry.getValue());
    }
    if (matches.size() > 1) {
      throw ApiException.badRequest("Multiple IDs found with provided prefix: " + prefix);
    }
    return matches.stream().findFirst();
  }

  /** Which containers were made from an image. */
  public List<ImageUsers.ImageUser> usersOf(Digest imageId) {
    return byId.values().stream()
        .filter(c -> c.definition().imageId().equals(imageId))
        .map(c -> new ImageUsers.ImageUser(c.id(), c.state().status().alive()))
        .toList();
  }

  /** The ids of the containers that mount a volume. */
  public List<String> usersOf(String volumeName) {
    return byId.values().stream()
        .filter(c -> c.definition().mounts().stream().anyMatch(m -> m.name().equals(volumeName)))
        .map(Container::id)
        .toList();
  }

  @Override
  public List<String> namesOf(String id) {
    Container container = byId.get(id);
    return container == null ? List.of() : container.networkNames();
  }

  @Override
  public List<String> resolversOf(String id) {
    Container container = byId.get(id);
    return container == null ? List.of() : container.definition().hostConfig().dnsServers();
  }

  /** What a container is called. */
  public Optional<String> nameOf(String id) {
    return Optional.ofNullable(byId.get(id)).map(container -> container.state().name());
  }
}
