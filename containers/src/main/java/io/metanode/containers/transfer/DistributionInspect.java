package io.metanode.containers.transfer;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ConfigDocument;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.registry.Cancellation;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Descriptor;
import io.metanode.containers.registry.Manifest;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.registry.RegistryClients;
import io.metanode.containers.registry.Repository;
import io.metanode.containers.registry.Retries;
import java.io.IOException;
import java.util.List;

/** What a name stands for in its registry, without pulling it. */
public final class DistributionInspect {

  private final RegistryClients clients;

  public DistributionInspect(RegistryClients clients) {
    this.clients = clients;
  }

  /**
   * @param descriptor of the manifest or index
   * @param platforms what it runs on
   */
  public record Answer(Descriptor descriptor, List<Platform> platforms) {

    public Answer {
      platforms = List.copyOf(platforms);
    }
  }

  /** Asks the registry. */
  public Answer of(ImageReference name, Credentials credentials) throws ApiException, IOException {
    Retries retries = new Retries(clients.patience(), new Cancellation(), false, pause -> {});
    return Repository.read(
        clients, name, credentials, repository -> retries.run(() -> ask(repository, name)));
  }

  private static Answer ask(Repository repository, ImageReference name) throws IOException {
    Manifest manifest =
        name.digest().isPresent()
            ? repository.manifest(name.digest().get())
            : repository.tagged(name.tag().orElse(ImageReference.DEFAULT_TAG));
    List<Platform> platforms =
        switch (manifest) {
          case Manifest.Index index ->
              index.entries().stream().flatMap(entry -> entry.platform().stream()).toList();
          case Manifest.Image image -> List.of(platform(repository, image));
        };
    return new Answer(manifest.descriptor(), platforms);
  }

  private static Platform platform(Repository repository, Manifest.Image image) throws IOException {
    ConfigDocument config = ConfigDocument.parse(repository.config(image));
    return new Platform(
        config.os(), config.architecture(), JsonFields.text(config.json(), "variant"));
  }
}
