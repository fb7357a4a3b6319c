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
   * A running container another one's namespace is joined with.
   *
   * @param kind of the namespace, in the words of a refusal
   * @throws ApiException 400 if it is gone, 409 if it does not run
   */
  public Container joined(String id, String kind) throws ApiException {
    String failure = "failed to join " + kind + " namespace: ";
    Container found =
        find(id).orElseThrow(() -> ApiException.badRequest(failure + "No such container: " + id));
    if (found.state().status() == Status.RESTARTING) {
      throw ApiException.conflict(
          failure + "Container " + id + " is restarting, wait until the container is running");
    }
    if (found.active() == null || !found.state().status().alive()) {
      throw ApiException.conflict(failure + "container " + id + " is not running");
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

  /** Which containers were made from an image or mount its files. */
  public List<ImageUsers.ImageUser> usersOf(Digest imageId) {
    List<ImageUsers.ImageUser> users = new ArrayList<>();
    for (Container container : byId.values()) {
      Definition definition = container.definition();
      boolean made = definition.imageId().equals(imageId);
      boolean mounts =
          definition.mounts().stream().anyMatch(m -> m.image().equals(Optional.of(imageId)));
      if (made || mounts) {
        boolean running = container.state().status().alive();
        users.add(new ImageUsers.ImageUser(container.id(), running, made));
      }
    }
    return users;
  }

  /** The ids of the containers that mount a volume. */
  public List<String> usersOf(String volumeName) {
    return byId.values().stream()
        .filter(c -> c.definition().mounts().stream().anyMatch(m -> m.isVolume(volumeName)))
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
