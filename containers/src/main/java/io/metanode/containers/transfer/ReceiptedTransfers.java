package io.metanode.containers.transfer;

import io.metanode.containers.event.Event;
import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.containers.operation.Done;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.RegistryClients;
import io.metanode.containers.registry.RegistryException;
import io.metanode.containers.registry.RegistrySession;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Subject;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is asked of registries, each under policy, receipted, and told to the event stream. */
public final class ReceiptedTransfers {

  private final ImageStore store;
  private final RegistryClients clients;
  private final ImagePull pulls;
  private final ImagePush pushes;
  private final Operations operations;
  private final EventBus events;
  private final Clock clock;

  public ReceiptedTransfers(
      ImageStore store,
      RegistryClients clients,
      ImagePull pulls,
      Operations operations,
      EventBus events,
      Clock clock) {
    this.store = store;
    this.clients = clients;
    this.pulls = pulls;
    this.pushes = new ImagePush(store, clients);
    this.operations = operations;
    this.events = events;
    this.clock = clock;
  }

  /** Pulls an image, or all tags of a repository. */
  public List<Pulled> pull(Actor actor, PullRequest request, TransferProgress progress)
      throws ApiException, IOException {
    ImageReference name = request.reference();
    List<Pulled> pulled =
        perform(
            operation(actor, "image.pull", name, name + "\n" + request.platform()),
            () -> {
              List<Pulled> images = pulls.pull(request, progress);
              return new Done<>(images, subjects(images), new Outcome.Done(), Usage.NONE);
            });
    pulled.forEach(image -> publish("pull", image.name(), image.id()));
    return pulled;
  }

  /** Pushes an image, or all tags of a repository. */
  public List<Pushed> push(Actor actor, PushRequest request, TransferProgress progress)
      throws ApiException, IOException {
    ImageReference name = request.reference();
    List<Pushed> pushed =
        perform(
            operation(actor, "image.push", name, name.toString()),
            () -> {
              List<Pushed> images = pushes.push(request, progress);
              List<Subject> subjects = new ArrayList<>();
              for (Pushed image : images) {
                Digest manifest = image.manifest().digest();
                var _ = store.tag(image.name().withDigest(manifest), image.id());
                subjects.add(new Subject("image/" + image.name(), image.id()));
                subjects.add(new Subject("manifest/" + image.name(), manifest));
              }
              return new Done<>(images, subjects, new Outcome.Done(), Usage.NONE);
            });
    pushed.forEach(image -> publish("push", image.name(), image.id()));
    return pushed;
  }

  /** What a name stands for in its registry; reading needs no receipt. */
  public DistributionInspect.Answer inspect(ImageReference name, Credentials credentials)
      throws ApiException, IOException {
    try {
      return new DistributionInspect(clients).of(name, credentials);
    } catch (RegistryException e) {
      throw e.toApi();
    }
  }

  private static List<Subject> subjects(List<Pulled> images) {
    List<Subject> subjects = new ArrayList<>();
    for (Pulled image : images) {
      subjects.add(new Subject("image/" + image.name(), image.id()));
      subjects.add(new Subject("manifest/" + image.name(), image.manifest()));
    }
    return subjects;
  }

  /**
   * Asks a registry whether it knows who asks.
   *
   * @param registry its name, as images have it
   * @throws ApiException 401 if it does not
   */
  public void login(Actor actor, String registry, Credentials credentials)
      throws ApiException, IOException {
    Operation operation =
        Operation.of(
            actor,
            "registry.login",
            Map.of("registry", registry, "login", credentials.username()),
            (registry + "\n" + credentials.username()).getBytes(StandardCharsets.UTF_8));
    try {
      var _ =
          operations.perform(
              operation,
              List.of(),
              () -> {
                new RegistrySession(clients, registry, credentials, List.of()).check();
                return Done.of(true);
              });
    } catch (RegistryException e) {
      throw e.isDenied() ? new ApiException(401, String.valueOf(e.getMessage())) : e.toApi();
    }
  }

  private static Operation operation(
      Actor actor, String operation, ImageReference name, String arguments) {
    return Operation.of(
        actor,
        operation,
        Map.of("image", name.toString(), "registry", name.domain()),
        arguments.getBytes(StandardCharsets.UTF_8));
  }

  private <T> T perform(Operation operation, Operations.Work<T> work)
      throws ApiException, IOException {
    try {
      return operations.perform(operation, List.of(), work);
    } catch (RegistryException e) {
      throw e.toApi();
    } catch (ArchiveException e) {
      throw ApiException.internal(String.valueOf(e.getMessage()));
    }
  }

  private void publish(String action, ImageReference name, Digest id) {
    Map<String, String> labels =
        store.image(id).map(Image::config).map(config -> config.labels()).orElse(Map.of());
    Map<String, String> attributes = new HashMap<>(labels);
    attributes.put("name", name.familiarName());
    events.publish(new Event("image", action, name.familiar(), attributes, clock.now()));
  }
}
