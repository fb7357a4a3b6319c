package io.metanode.containers.transfer;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ConfigDocument;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.IncomingImage;
import io.metanode.containers.image.IncomingImage.Archive;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.image.layer.UnpackLimits;
import io.metanode.containers.registry.Cancellation;
import io.metanode.containers.registry.Descriptor;
import io.metanode.containers.registry.Manifest;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.registry.RegistryClients;
import io.metanode.containers.registry.RegistryException;
import io.metanode.containers.registry.Repository;
import io.metanode.containers.registry.Retries;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pulls images: manifest, configuration, then the layers that are not here. */
public final class ImagePull {

  private static final int MOST_DEPTH = 3;
  private static final List<String> CONFIG_TYPES =
      List.of(
          "application/vnd.docker.container.image.v1+json",
          "application/vnd.oci.image.config.v1+json",
          "application/octet-stream",
          "");

  private final ImageStore store;
  private final UnpackLimits limits;
  private final RegistryClients clients;
  private final Downloads downloads;

  public ImagePull(
      ImageStore store, UnpackLimits limits, RegistryClients clients, Downloads downloads) {
    this.store = store;
    this.limits = limits;
    this.clients = clients;
    this.downloads = downloads;
  }

  /**
   * Pulls what is asked for. Of several tags those before the first that fails stay.
   *
   * @throws RegistryException if the registry refuses
   * @throws ArchiveException if what it sends is not what it says
   */
  public List<Pulled> pull(PullRequest request, TransferProgress progress)
      throws ApiException, IOException {
    return Repository.read(
        clients,
        request.reference(),
        request.credentials(),
        repository -> pull(request, repository, progress));
  }

  private List<Pulled> pull(PullRequest request, Repository repository, TransferProgress progress)
      throws ApiException, IOException {
    ImageReference name = request.reference();
    Cancellation cancellation = new Cancellation();
    One one = new One(request, repository, progress, cancellation);
    List<Pulled> pulled = new ArrayList<>();
    try {
      if (!name.isNameOnly()) {
        pulled.add(one.pull(name));
      } else {
        for (String tag : one.ask(repository::tags)) {
          pulled.add(one.pull(name.withTag(tag)));
        }
      }
    } finally {
      cancellation.cancel();
    }
    return pulled;
  }

  /** One request's images, one after another. */
  private final class One {

    private final PullRequest request;
    private final Repository repository;
    private final TransferProgress progress;
    private final Cancellation cancellation;

    One(
        PullRequest request,
        Repository repository,
        TransferProgress progress,
        Cancellation cancellation) {
      this.request = request;
      this.repository = repository;
      this.progress = progress;
      this.cancellation = cancellation;
    }

    <T> T ask(Retries.Work<T> question) throws IOException {
      return new Retries(clients.patience(), cancellation, false, pause -> {}).run(question);
    }

    Pulled pull(ImageReference name) throws ApiException, IOException {
      Manifest named =
          name.digest().isPresent()
              ? ask(() -> repository.manifest(name.digest().get()))
              : ask(() -> repository.tagged(name.tag().orElse(ImageReference.DEFAULT_TAG)));
      String shown = name.digest().map(Digest::toString).or(name::tag).orElse("");
      progress.status(shown, "Pulling from " + name.path());
      Manifest.Image manifest = image(named, 0);
      requireImage(manifest);
      Digest id = manifest.config().digest();
      byte[] config =
          store.blobs().has(id) ? store.blobs().bytes(id) : ask(() -> repository.config(manifest));
      ConfigDocument document = ConfigDocument.parse(config);
      if (!document.os().equals("linux")) {
        throw new ArchiveException("cannot pull " + document.os() + " image on linux");
      }
      Digest digest = named.descriptor().digest();
      List<ImageReference> names =
          Stream.of(name.key(), name.withDigest(digest)).distinct().toList();
      boolean isNew =
          !store.holds(id, manifest.descriptor().digest(), names)
              && store(name, names, manifest, config, document);
      Platform platform =
          new Platform(
              document.os(), document.architecture(), JsonFields.text(document.json(), "variant"));
      return new Pulled(name, id, digest, platform, isNew);
    }

    private Manifest.Image image(Manifest manifest, int depth) throws IOException {
      return switch (manifest) {
        case Manifest.Image image -> image;
        case Manifest.Index index -> {
          Descriptor chosen =
              index
                  .choose(request.platform())
                  .filter(found -> depth < MOST_DEPTH)
                  .orElseThrow(
                      () ->
                          new RegistryException(
                              404,
                              "",
                              "no matching manifest for "
                                  + request.platform()
                                  + " in the manifest list entries"));
          yield image(ask(() -> repository.manifest(chosen.digest())), depth + 1);
        }
      };
    }

    private void requireImage(Manifest.Image manifest) throws ArchiveException {
      if (!CONFIG_TYPES.contains(manifest.config().mediaType())) {
        throw new ArchiveException(
            "not an image: its configuration is a " + manifest.config().mediaType());
      }
      for (Descriptor layer : manifest.layers()) {
        if (!layer.mediaType().contains("tar") && !layer.mediaType().isEmpty()) {
          throw new ArchiveException("not an image: it has a layer " + layer.mediaType());
        }
      }
    }

    /** Gets the layers, and commits. */
    private boolean store(
        ImageReference name,
        List<ImageReference> names,
        Manifest.Image manifest,
        byte[] config,
        ConfigDocument document)
        throws ApiException, IOException {
      List<Archive> archives =
          manifest.layers().stream()
              .map(layer -> new Archive(layer.digest(), layer.mediaType()))
              .toList();
      try (IncomingImage image =
              IncomingImage.open(
                  store,
                  limits,
                  manifest.config().digest(),
                  document,
                  manifest.descriptor().digest(),
                  archives);
          LayersPull layers =
              new LayersPull(
                  image,
                  manifest.layers(),
                  repository,
                  name.domain(),
                  downloads,
                  clients.settings().downloads(),
                  progress)) {
        return layers.run(store.blobs(), config, manifest.bytes().toArray(), names);
      }
    }
  }
}
