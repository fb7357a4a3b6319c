package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageImport.Description;
import io.metanode.containers.image.ImageLoad.Loaded;
import io.metanode.containers.image.ImageRemoval.Removed;
import io.metanode.containers.image.archive.StagedArchive;
import io.metanode.containers.image.blob.StagedBlob;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Work;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes to the images, each under policy, receipted, and told to the event stream. */
public final class ReceiptedImages {

  private final ImageStore store;
  private final ImageLoad load;
  private final ImageImport imports;
  private final ImageUsers users;
  private final Operations operations;
  private final ImageEvents events;

  public ReceiptedImages(
      ImageStore store,
      ImageLoad load,
      ImageImport imports,
      ImageUsers users,
      Operations operations,
      ImageEvents events) {
    this.store = store;
    this.load = load;
    this.imports = imports;
    this.users = users;
    this.operations = operations;
    this.events = events;
  }

  /** The images, for reading. */
  public ImageStore store() {
    return store;
  }

  /** What an archive holds goes into the store. */
  public List<Loaded> load(Actor actor, InputStream archive, LoadProgress progress)
      throws ApiException, IOException {
    try (StagedArchive staged = receive(actor, archive)) {
      String arguments = "sha256 of the archive's files: " + staged.digest();
      List<Loaded> loaded =
          perform(
              actor,
              "image.load",
              Map.of("archive", staged.digest().toString()),
              List.of(),
              arguments,
              () -> loaded(load.load(staged, progress)));
      loaded.forEach(image -> publish(image.id(), "load", image.id().toString()));
      return loaded;
    } catch (ArchiveException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** An archive that cannot be read is a load that failed, with its receipt. */
  private StagedArchive receive(Actor actor, InputStream archive) throws ApiException, IOException {
    try {
      return load.receive(archive);
    } catch (IOException e) {
      return perform(
          actor,
          "image.load",
          Map.of(),
          List.of(),
          "unreadable",
          () -> {
            throw e;
          });
    }
  }

  private static Done<List<Loaded>> loaded(List<Loaded> loaded) {
    List<Subject> subjects = new ArrayList<>();
    for (Loaded image : loaded) {
      String name = image.name().map(ImageReference::toString).orElse(image.id().toString());
      subjects.add(subject(name, image.id()));
    }
    return new Done<>(loaded, subjects, new Outcome.Done(), Usage.NONE);
  }

  /**
   * Refuses, before an archive is fetched, an import that the policy refuses.
   *
   * @throws ApiException 403 if it does
   */
  public void refuseImport(Actor actor, Optional<ImageReference> name, String address)
      throws ApiException {
    String reference = name.map(ImageReference::toString).orElse("");
    operations.refuseDenied(
        Operation.of(
            actor,
            "image.import",
            Map.of("image", reference),
            (reference + "\n" + address).getBytes(StandardCharsets.UTF_8)),
        List.of());
  }

  /** An image made of one layer, the archive. */
  public Digest importArchive(
      Actor actor, InputStream archive, Optional<ImageReference> name, Description description)
      throws ApiException, IOException {
    try (StagedBlob staged = imports.receive(archive)) {
      String reference = name.map(ImageReference::toString).orElse("");
      String arguments =
          String.join(
              "\n",
              staged.digest().toString(),
              reference,
              description.config().toString(),
              description.comment());
      Digest id =
          perform(
              actor,
              "image.import",
              Map.of("image", reference),
              List.of(),
              arguments,
              () -> {
                Digest added = imports.add(Optional.empty(), staged, description);
                if (name.isPresent()) {
                  store.tag(name.get(), added);
                }
                return Done.of(
                    added, subject(reference.isEmpty() ? added.toString() : reference, added));
              });
      name.ifPresent(given -> publish(id, "tag", given.familiar()));
      publish(id, "import", id.toString());
      return id;
    } catch (ArchiveException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** Gives an image one more name. */
  public void tag(Actor actor, String source, ImageReference name)
      throws ApiException, IOException {
    Digest id = store.find(source);
    perform(
        actor,
        "image.tag",
        Map.of("image", source, "name", name.toString()),
        List.of(subject(source, id)),
        source + "\n" + name,
        () -> {
          store.tag(name, id, annotations(source, id));
          return Done.of(id, subject(name.toString(), id));
        });
    publish(id, "tag", name.familiar());
  }

  /** Those of the name that a further name is given by. */
  private Optional<Map<String, String>> annotations(String source, Digest id) throws ApiException {
    return ImageStore.isIdOrPrefix(id, source)
        ? Optional.empty()
        : store.record(id).annotations(ImageReference.parse(source).key());
  }

  /**
   * Takes a name away, or removes an image.
   *
   * @param force remove despite stopped containers and several names
   * @param pruneParents remove parents without a name too
   */
  public List<Removed> remove(Actor actor, String nameOrId, boolean force, boolean pruneParents)
      throws ApiException, IOException {
    Digest id = store.find(nameOrId);
    Map<String, String> labels = labels(id);
    List<Removed> removed =
        perform(
            actor,
            "image.remove",
            Map.of("image", nameOrId, "force", Boolean.toString(force)),
            List.of(subject(nameOrId, id)),
            nameOrId + "\nforce=" + force + "\nprune=" + pruneParents,
            () ->
                Done.of(
                    new ImageRemoval(store, users, force, pruneParents).remove(nameOrId),
                    subject(nameOrId, id)));
    publish(removed, labels);
    return removed;
  }

  /** Removes the images a query selects, if nothing uses them. */
  public List<Removed> prune(Actor actor, ImageQuery query, String arguments)
      throws ApiException, IOException {
    List<Removed> removed =
        perform(
            actor,
            "image.prune",
            Map.of(),
            List.of(),
            arguments,
            () -> {
              List<Removed> all = new ArrayList<>();
              for (Image image : prunable(query)) {
                all.addAll(removeUnused(image));
              }
              return Done.of(all);
            });
    publish(removed, Map.of());
    events.pruned(reclaimed(removed));
    return removed;
  }

  /**
   * Removes what builds made and nothing has a name for: what they would find again. Steps that a
   * named image came from stay with it.
   */
  public List<Removed> pruneBuilds(Actor actor) throws ApiException, IOException {
    List<Removed> removed =
        perform(
            actor,
            "build.prune",
            Map.of(),
            List.of(),
            "",
            () -> {
              List<Removed> all = new ArrayList<>();
              for (Image image : store.all()) {
                if (isLeftOfBuild(image)) {
                  all.addAll(removeUnused(image));
                }
              }
              return Done.of(all);
            });
    publish(removed, Map.of());
    return removed;
  }

  private boolean isLeftOfBuild(Image image) throws ApiException {
    return store.image(image.id()).isPresent()
        && store.references(image.id()).isEmpty()
        && store.children(image.id()).isEmpty()
        && store.record(image.id()).step().isPresent()
        && users.of(image.id()).isEmpty();
  }

  /** The bytes of the layers removed. */
  public static long reclaimed(List<Removed> removed) {
    return removed.stream()
        .mapToLong(
            one ->
                switch (one) {
                  case Removed.DeletedLayer layer -> layer.sizeBytes();
                  case Removed.DeletedImage image -> 0;
                  case Removed.Untagged name -> 0;
                })
        .sum();
  }

  private List<Image> prunable(ImageQuery query) throws ApiException {
    boolean danglingOnly = query.dangling().orElse(true);
    return query.selectPrunable().stream()
        .filter(image -> !danglingOnly || query.isDangling(image))
        .filter(image -> store.children(image.id()).isEmpty())
        .filter(image -> users.of(image.id()).isEmpty())
        .toList();
  }

  private List<Removed> removeUnused(Image image) throws IOException {
    List<String> names = new ArrayList<>();
    store.references(image.id()).forEach(name -> names.add(name.toString()));
    if (names.isEmpty()) {
      names.add(image.id().toString());
    }
    List<Removed> removed = new ArrayList<>();
    for (String name : names) {
      try {
        removed.addAll(new ImageRemoval(store, users, false, true).remove(name));
      } catch (ApiException e) {
        return removed; // it came into use, or went, meanwhile
      }
    }
    return removed;
  }

  /** Tells that an image was saved; reading needs no receipt. */
  public void saved(Digest id) {
    publish(id, "save", id.toString());
  }

  private <T> T perform(
      Actor actor,
      String name,
      Map<String, String> attributes,
      List<Subject> subjects,
      String arguments,
      Work<T> work)
      throws ApiException, IOException {
    return operations.perform(
        Operation.of(actor, name, attributes, arguments.getBytes(StandardCharsets.UTF_8)),
        subjects,
        work);
  }

  private static Subject subject(String name, Digest id) {
    return new Subject("image/" + name, id);
  }

  private Map<String, String> labels(Digest id) {
    return store.image(id).map(image -> image.config().labels()).orElse(Map.of());
  }

  private void publish(List<Removed> removed, Map<String, String> labels) {
    for (Removed one : removed) {
      switch (one) {
        case Removed.Untagged name ->
            events.publish(name.image(), "untag", name.image().toString(), labels);
        case Removed.DeletedImage image ->
            events.publish(image.image(), "delete", image.image().toString(), labels);
        case Removed.DeletedLayer layer -> {
          // layers have no events
        }
      }
    }
  }

  private void publish(Digest id, String action, String name) {
    events.publish(id, action, name, labels(id));
  }
}
