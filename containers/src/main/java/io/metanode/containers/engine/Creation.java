package io.metanode.containers.engine;

import io.metanode.containers.cgroup.MemoryNodes;
import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.Snapshot;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.receipts.Account;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink.Appended;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates containers. */
final class Creation {

  private static final int NAME_ATTEMPTS = 32;

  /** To the client this status on create means the image: it would pull it. */
  private static final int NOT_FOUND = 404;

  private final EngineParts parts;
  private final Containers containers;
  private final ContainerStore store;
  private final ContainerEvents events;
  private final Metering metering;
  private final Teardown teardown;
  private final Names names;
  private final Validation validation;
  private final ImageMounts imageMounts;

  Creation(
      EngineParts parts,
      Containers containers,
      ContainerStore store,
      ContainerEvents events,
      Metering metering,
      Teardown teardown,
      Names names) {
    this.parts = parts;
    this.containers = containers;
    this.store = store;
    this.events = events;
    this.metering = metering;
    this.teardown = teardown;
    this.names = names;
    imageMounts = new ImageMounts(parts.images(), parts.snapshots(), parts.operations());
    validation =
        new Validation(
            parts.cgroups().version(),
            Runtime.getRuntime().availableProcessors(),
            MemoryNodes.count());
  }

  /** A container made, and what the client should know. */
  record Created(Container container, List<String> warnings) {}

  /** A checked request. */
  private record Plan(
      Definition draft, Image image, List<String> warnings, boolean readOnlyByItself) {}

  /**
   * Creates a container; returns once its receipt is durable.
   *
   * @param name as the client gave it; empty for a random one
   * @param body the request body of {@code POST /containers/create}
   * @throws ApiException in Docker's words if it cannot be created; nothing is left then
   */
  Created create(Actor actor, Optional<String> name, JsonNode body)
      throws ApiException, IOException {
    Optional<String> checkedName = name.isPresent() ? Optional.of(Names.checked(name.get())) : name;
    Plan plan = plan(actor, body);
    Operation operation =
        Operation.of(
                actor,
                "container.create",
                attributes(plan.draft(), checkedName.orElse("")),
                plan.draft().bytes())
            .paidBy(plan.draft().account());
    parts.operations().slowDown(operation);
    Ticket ticket = parts.operations().begin(operation, List.of(plan.draft().imageSubject()));
    Container container;
    try {
      container = make(actor, checkedName, plan);
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    }
    confirm(container, ticket);
    return new Created(container, plan.warnings());
  }

  /** With how many containers the tenant has already, for rules that set quotas. */
  private Map<String, String> attributes(Definition draft, String name) {
    Map<String, String> attributes = Steps.attributes(draft, name);
    long same =
        containers.all().stream()
            .filter(
                one ->
                    one.definition()
                        .account()
                        .map(Account::tenant)
                        .equals(draft.account().map(Account::tenant)))
            .count();
    attributes.put("tenantContainers", Long.toString(same));
    return attributes;
  }

  private Plan plan(Actor actor, JsonNode body) throws ApiException, IOException {
    ObjectNode asked = Shapes.CONFIG.read(body);
    if (!Shapes.CONFIG.hasAny(body)) {
      throw ApiException.badRequest("config cannot be empty in order to create a container");
    }
    ObjectNode rest = Shapes.CREATE.read(body);
    ObjectNode networking = Shapes.NETWORKING.read(rest.path("NetworkingConfig"));
    HostConfig host = validation.withDefaults(Shapes.HOST_CONFIG.read(rest.path("HostConfig")));
    ContainerConfig unmerged = new ContainerConfig(asked);
    NetworkValidation.checkMode(unmerged, host);
    resolveShared(host.json());
    if (unmerged.image().isEmpty()) {
      boolean bare = unmerged.command().isEmpty() && unmerged.entrypoint().isEmpty();
      throw ApiException.badRequest(bare ? "no command specified" : "no image specified");
    }
    validation.check(unmerged);
    // Before the image's labels are merged in: who made the image does not say who pays.
    Account account = Payer.of(actor, unmerged.labels());
    Image image = parts.images().resolve(unmerged.image());
    ContainerConfig config = ImageDefaults.merge(asked, image.config());
    validation.check(config, host, networking);
    String id = names.id();
    if (config.hostname().isEmpty()) {
      asked.put("Hostname", hostname(host, id));
    }
    Definition draft =
        Definition.of(
            id,
            parts.clock().now(),
            image.id(),
            config,
            host,
            networking,
            List.of(),
            Optional.of(account));
    List<String> warnings = new ArrayList<>(parts.bundles().check(config, host));
    if (host.networkMode().equals("host") && !host.portBindings().isEmpty()) {
      warnings.add("Published ports are discarded when using host network mode");
    }
    boolean readOnlyByItself =
        body.path("HostConfig").path(Shapes.READ_ONLY_BY_ITSELF).asBoolean(false);
    return new Plan(draft, image, warnings, readOnlyByItself);
  }

  private Container make(Actor actor, Optional<String> name, Plan plan)
      throws ApiException, IOException {
    Definition draft = plan.draft();
    String id = draft.id();
    String taken = takeName(name, id);
    List<MountPoint> mounts = List.of();
    Snapshot snapshot = null;
    try {
      if (draft.hostConfig().networkContainer().isEmpty()) {
        checkNetwork(draft.hostConfig().networkMode());
      }
      List<ContainerLink> links = containers.links().resolve(draft.hostConfig());
      mounts = parts.mountSources().resolve(actor, draft.config(), draft.hostConfig());
      if (plan.readOnlyByItself()) {
        mounts = mounts.stream().map(MountPoint::readOnlyByItself).toList();
      }
      mounts = imageMounts.make(actor, draft, taken, mounts);
      snapshot = parts.snapshots().create(id, plan.image());
      Definition definition =
          Definition.of(
              id,
              draft.created(),
              draft.imageId(),
              draft.config(),
              draft.hostConfig(),
              draft.networking(),
              mounts,
              draft.account());
      State state =
          State.created(
              taken,
              draft.hostConfig().restartPolicy(),
              WantedNetworks.of(definition, this::networkName),
              links);
      store.create(definition, state);
      Container container = new Container(definition, state, store);
      containers.add(container);
      return container;
    } catch (ApiException | IOException | RuntimeException e) {
      containers.releaseName(taken, id);
      undo(actor, id, mounts, snapshot);
      if (e instanceof ApiException missing && missing.status() == NOT_FOUND) {
        throw ApiException.badRequest(String.valueOf(missing.getMessage()));
      }
      throw e;
    }
  }

  /** As Docker: a network that does not exist yet is missed at start; 404 here means the image. */
  private void checkNetwork(String mode) throws ApiException {
    try {
      parts.networks().resolve(mode);
    } catch (ApiException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
    }
  }

  /** Networks are kept by name; of one that does not exist yet that is all there is. */
  private String networkName(String nameOrId) {
    try {
      return parts.networks().resolve(nameOrId).name();
    } catch (ApiException e) {
      return nameOrId;
    }
  }

  /**
   * Names the containers whose namespaces are shared by their ids, which never change. As by
   * Docker, one whose network is shared may be missing until the start.
   *
   * @throws ApiException 400 if there is no such container
   */
  private void resolveShared(ObjectNode json) throws ApiException {
    HostConfig host = new HostConfig(json);
    if (host.networkContainer().isPresent()) {
      containers
          .find(host.networkContainer().get())
          .ifPresent(other -> json.put("NetworkMode", "container:" + other.id()));
    }
    if (host.ipcContainer().filter(name -> !name.isEmpty()).isPresent()) {
      json.put("IpcMode", "container:" + shared(host.ipcContainer().get()).id());
    }
    if (host.pidContainer().isPresent()) {
      json.put("PidMode", "container:" + shared(host.pidContainer().get()).id());
    }
  }

  private Container shared(String reference) throws ApiException {
    Optional<Container> found = containers.find(reference);
    return found.orElseThrow(() -> ApiException.badRequest("No such container: " + reference));
  }

  private String hostname(HostConfig host, String id) throws ApiException, IOException {
    Optional<Container> other =
        host.networkContainer().isPresent()
            ? containers.find(host.networkContainer().get())
            : Optional.empty();
    if (other.isPresent()) {
      return other.get().definition().config().hostname();
    }
    return host.networkMode().equals("host") ? HostName.own() : id.substring(0, 12);
  }

  private String takeName(Optional<String> name, String id) throws ApiException {
    if (name.isPresent()) {
      containers.reserveName(name.get(), id);
      return name.get();
    }
    for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
      String random = names.random(attempt);
      if (containers.tryReserveName(random, id)) {
        return random;
      }
    }
    throw ApiException.internal("no free name was found; give the container one");
  }

  private void undo(Actor actor, String id, List<MountPoint> mounts, @Nullable Snapshot snapshot) {
    try {
      if (snapshot != null) {
        snapshot.remove();
      }
      imageMounts.remove(id, mounts);
      parts.mountSources().removeAnonymous(actor, mounts);
      store.delete(id);
    } catch (IOException e) {
      System.getLogger(Creation.class.getName())
          .log(System.Logger.Level.WARNING, "cannot undo the creation of " + id, e);
    }
  }

  private void confirm(Container container, Ticket ticket) throws ApiException, IOException {
    metering.storage(container);
    Appended appended = ticket.done(Steps.done(container, metering.due(container)));
    events.publish(container, "create");
    try {
      if (!container.definition().isPassing()) {
        store.sync(container.id());
      }
      Operations.awaitDurable(appended);
    } catch (ApiException | IOException e) {
      containers.remove(container);
      teardown.removeLater(container, null, true);
      throw e;
    }
  }
}
