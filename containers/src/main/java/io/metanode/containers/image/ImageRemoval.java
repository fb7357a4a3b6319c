package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageUsers.ImageUser;
import io.metanode.containers.image.layer.Layer;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code docker rmi}: taking names away from an image, and removing it once it has none. The rules,
 * and the words of the refusals, are Docker's.
 */
public final class ImageRemoval {

  private static final int SHORT_ID = 12;

  private final ImageStore store;
  private final ImageUsers users;
  private final boolean force;
  private final boolean pruneParents;
  private final List<Removed> removed = new ArrayList<>();

  /** One line of the answer. */
  public sealed interface Removed {

    /** A name was taken away. */
    record Untagged(Digest image, String name) implements Removed {}

    /** An image was removed. */
    record DeletedImage(Digest image) implements Removed {}

    /** A layer was removed. */
    record DeletedLayer(Digest chainId, long sizeBytes) implements Removed {}
  }

  /** A reason not to remove; a hard one cannot be forced. */
  private record Conflict(Digest image, boolean hard, boolean used, String reason) {

    ApiException toException() {
      return ApiException.conflict(
          "conflict: unable to delete "
              + shortId(image)
              + (hard ? " (cannot be forced) - " : " (must be forced) - ")
              + reason);
    }
  }

  ImageRemoval(ImageStore store, ImageUsers users, boolean force, boolean pruneParents) {
    this.store = store;
    this.users = users;
    this.force = force;
    this.pruneParents = pruneParents;
  }

  /**
   * @throws ApiException 404 if there is no such image, 409 if it is in use
   */
  List<Removed> remove(String nameOrId) throws ApiException, IOException {
    store.contentLock().lock();
    try {
      Digest id = store.find(nameOrId);
      boolean byName = !ImageStore.isIdOrPrefix(id, nameOrId);
      if (byName && !untag(id, nameOrId)) {
        return removed;
      }
      if (!byName && isSingle(store.references(id))) {
        check(id, !force, false);
        untag(id, store.references(id));
      }
      delete(id, force, byName);
      return removed;
    } finally {
      store.contentLock().unlock();
    }
  }

  /** Takes a name away; false if others are left, so that the image stays. */
  private boolean untag(Digest id, String nameOrId) throws ApiException, IOException {
    List<ImageReference> names = store.references(id);
    if (!force && isSingle(names)) {
      Optional<ImageUser> user = users.of(id).stream().findFirst();
      if (user.isPresent()) {
        throw ApiException.conflict(
            "conflict: unable to remove repository reference \""
                + nameOrId
                + "\" (must force) - container "
                + shortId(user.get().containerId())
                + " is using its referenced image "
                + shortId(id));
      }
    }
    ImageReference name = ImageReference.parse(nameOrId).orLatest();
    untag(id, List.of(name));
    boolean lastTag =
        store.references(id).stream()
            .noneMatch(other -> other.digest().isEmpty() && other.name().equals(name.name()));
    if (name.digest().isEmpty() && lastTag) {
      untag(
          id,
          store.references(id).stream().filter(other -> other.name().equals(name.name())).toList());
    }
    return store.references(id).isEmpty();
  }

  private void untag(Digest id, List<ImageReference> names) throws IOException {
    store.catalog().untag(names);
    names.forEach(name -> removed.add(new Removed.Untagged(id, name.familiar())));
  }

  /** Whether all names are one tag, or digests in one repository beside at most one tag. */
  private static boolean isSingle(List<ImageReference> names) {
    if (names.size() <= 1) {
      return true;
    }
    Set<String> repositories = new HashSet<>();
    names.forEach(name -> repositories.add(name.name()));
    long tags = names.stream().filter(name -> name.digest().isEmpty()).count();
    return tags <= 1 && repositories.size() == 1;
  }

  /**
   * @param quiet after untagging by name, an image still needed simply stays
   */
  private void delete(Digest id, boolean forced, boolean quiet) throws ApiException, IOException {
    Optional<Conflict> conflict = conflict(id, !forced, !forced);
    if (conflict.isPresent()) {
      boolean needed = !store.references(id).isEmpty() || !store.children(id).isEmpty();
      if (quiet && (needed || conflict.get().used())) {
        return;
      }
      throw conflict.get().toException();
    }
    Optional<Digest> parent = store.record(id).parent();
    untag(id, store.references(id));
    store.forget(id);
    removed.add(new Removed.DeletedImage(id));
    for (Layer layer : store.collect().layers()) {
      removed.add(new Removed.DeletedLayer(layer.chainId(), layer.sizeBytes()));
    }
    if (pruneParents && parent.isPresent() && store.image(parent.get()).isPresent()) {
      pruneParent(parent.get());
    }
  }

  private void pruneParent(Digest parent) throws ApiException, IOException {
    if (conflict(parent, true, true).isEmpty()) {
      delete(parent, false, true);
    }
  }

  private void check(Digest id, boolean stopped, boolean named) throws ApiException {
    Optional<Conflict> conflict = conflict(id, stopped, named);
    if (conflict.isPresent()) {
      throw conflict.get().toException();
    }
  }

  private Optional<Conflict> conflict(Digest id, boolean stopped, boolean named) {
    if (!store.children(id).isEmpty()) {
      return Optional.of(new Conflict(id, true, false, "image has dependent child images"));
    }
    if (store.isHeld(id)) {
      return Optional.of(new Conflict(id, true, true, "image is being used by a build"));
    }
    // Who mounts its files keeps its layers, and keeps its last name unless forced: no more.
    List<ImageUser> containers = users.of(id).stream().filter(ImageUser::made).toList();
    for (ImageUser user : containers) {
      if (user.running()) {
        return Optional.of(
            new Conflict(
                id,
                true,
                true,
                "image is being used by running container " + shortId(user.containerId())));
      }
    }
    if (named && !store.references(id).isEmpty()) {
      return Optional.of(
          new Conflict(id, false, false, "image is referenced in multiple repositories"));
    }
    if (stopped && !containers.isEmpty()) {
      return Optional.of(
          new Conflict(
              id,
              false,
              true,
              "image is being used by stopped container "
                  + shortId(containers.getFirst().containerId())));
    }
    return Optional.empty();
  }

  private static String shortId(Digest id) {
    return shortId(id.hex());
  }

  private static String shortId(String id) {
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }
}
