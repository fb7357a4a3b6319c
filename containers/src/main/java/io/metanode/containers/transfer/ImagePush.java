package io.metanode.containers.transfer;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageManifests;
import io.metanode.containers.image.ImageRecord;
import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.registry.Cancellation;
import io.metanode.containers.registry.Descriptor;
import io.metanode.containers.registry.Manifest;
import io.metanode.containers.registry.RegistryClients;
import io.metanode.containers.registry.RegistrySession;
import io.metanode.containers.registry.Repository;
import io.metanode.containers.registry.RepositoryWriter;
import io.metanode.containers.registry.Retries;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Pushes images: the blobs the registry lacks, then the manifest, byte for byte as it came. */
public final class ImagePush {

  private static final int SHORT_ID = 12;

  private final ImageStore store;
  private final RegistryClients clients;

  public ImagePush(ImageStore store, RegistryClients clients) {
    this.store = store;
    this.clients = clients;
  }

  /**
   * Pushes what is asked for. Of several tags those before the first that fails stay there.
   *
   * @throws ApiException 404 if it is not here
   */
  public List<Pushed> push(PushRequest request, TransferProgress progress)
      throws ApiException, IOException {
    ImageReference name = request.reference();
    progress.status("", "The push refers to repository [" + name.name() + "]");
    List<ImageReference> names = names(name);
    RegistrySession session =
        new RegistrySession(clients, name.domain(), request.credentials(), scopes(names));
    Repository repository = new Repository(session, name.path(), name.familiarName());
    RepositoryWriter writer = new RepositoryWriter(session, repository);
    List<Pushed> pushed = new ArrayList<>();
    Cancellation cancellation = new Cancellation();
    try {
      for (ImageReference one : names) {
        pushed.add(push(one, writer, cancellation, progress));
      }
    } finally {
      cancellation.cancel();
    }
    return pushed;
  }

  private List<ImageReference> names(ImageReference name) throws ApiException {
    List<ImageReference> here = store.tags(name);
    if (here.isEmpty()) {
      throw ApiException.notFound(
          "An image does not exist locally with the tag: " + name.familiarName());
    }
    if (name.isNameOnly()) {
      return here;
    }
    if (!here.contains(name)) {
      throw ApiException.notFound("tag does not exist: " + name.familiar());
    }
    return List.of(name);
  }

  /** A token must also allow to take blobs from other repositories. */
  private List<String> scopes(List<ImageReference> names) throws ApiException {
    Set<String> scopes = new LinkedHashSet<>();
    scopes.add("repository:" + names.getFirst().path() + ":pull,push");
    for (ImageReference name : names) {
      for (Digest blob : store.record(store.find(name.toString())).blobs()) {
        store.repositoriesWith(blob, name).stream()
            .findFirst()
            .ifPresent(path -> scopes.add("repository:" + path + ":pull"));
      }
    }
    return List.copyOf(scopes);
  }

  private Pushed push(
      ImageReference name,
      RepositoryWriter writer,
      Cancellation cancellation,
      TransferProgress progress)
      throws ApiException, IOException {
    Digest id = store.find(name.toString());
    ImageRecord record = store.record(id);
    byte[] bytes = new ImageManifests(store.blobs()).bytes(record, record.annotations(name));
    Manifest manifest = Manifest.parse(bytes, "");
    List<LayerPush> layers = new ArrayList<>();
    Set<Digest> known = new LinkedHashSet<>();
    for (StoredLayer layer : record.layers().reversed()) {
      if (known.add(layer.blob())) {
        String shown = layer.diffId().hex().substring(0, SHORT_ID);
        layers.add(new LayerPush(store, shown, descriptor(layer.blob(), layer.mediaType())));
      }
    }
    try (LayersPush sending =
        new LayersPush(
            layers,
            layer -> layer.send(writer, name, retries(cancellation)),
            clients.settings().uploads(),
            progress)) {
      sending.run();
    }
    new LayerPush(store, "", descriptor(id, "")).send(writer, name, retries(cancellation));
    Descriptor descriptor = manifest.descriptor();
    String tag = name.tag().orElse(ImageReference.DEFAULT_TAG);
    var _ =
        retries(cancellation)
            .run(
                () -> {
                  writer.manifest(tag, bytes, descriptor.mediaType(), descriptor.digest());
                  return descriptor;
                });
    return new Pushed(name, id, descriptor);
  }

  private Retries retries(Cancellation cancellation) {
    return new Retries(clients.patience(), cancellation, false, pause -> {});
  }

  private Descriptor descriptor(Digest blob, String mediaType) throws IOException {
    return new Descriptor(mediaType, blob, store.blobs().size(blob));
  }
}
