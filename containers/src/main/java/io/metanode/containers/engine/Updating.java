package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.cgroup.MemoryNodes;
import io.metanode.containers.config.HostConfig;
import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink.Appended;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes limits and the restart policy of containers, running or not. What a client may change is
 * kept beside the definition, which receipts name by its digest (docs/decisions/0251).
 */
final class Updating {

  private static final List<String> NUMBERS =
      List.of(
          "BlkioWeight",
          "CpuShares",
          "NanoCpus",
          "CpuPeriod",
          "CpuQuota",
          "Memory",
          "MemorySwap",
          "MemoryReservation");

  private static final List<String> TEXTS = List.of("CpusetCpus", "CpusetMems");

  private final Operations operations;
  private final Cgroups cgroups;
  private final Bundles bundles;
  private final ContainerStore store;
  private final ContainerEvents events;
  private final Metering metering;
  private final Validation validation;

  Updating(EngineParts parts, ContainerStore store, ContainerEvents events, Metering metering) {
    operations = parts.operations();
    cgroups = parts.cgroups();
    bundles = parts.bundles();
    this.store = store;
    this.events = events;
    this.metering = metering;
    validation =
        new Validation(
            parts.cgroups().version(),
            Runtime.getRuntime().availableProcessors(),
            MemoryNodes.count());
  }

  /**
   * Takes effect at once where the container runs, else with its next start.
   *
   * @return warnings
   * @throws ApiException 400 or 409 with Docker's words if what is asked contradicts itself or what
   *     was set before, 500 if the kernel refuses; nothing is changed then
   */
  List<String> update(Actor actor, Container container, JsonNode body)
      throws ApiException, IOException {
    ObjectNode asked = Shapes.UPDATE.read(body);
    Ticket ticket =
        operations.begin(
            Steps.of(actor, "container.update", container, asked), Steps.subjects(container));
    Appended appended;
    List<String> warnings;
    container.lock();
    try {
      warnings = change(container, asked);
      appended = ticket.done(Steps.done(container, metering.take(container)));
      events.publish(container, "update");
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    } finally {
      container.unlock();
    }
    Operations.awaitDurable(appended);
    return warnings;
  }

  private List<String> change(Container container, ObjectNode asked)
      throws ApiException, IOException {
    if (container.state().status() == Status.REMOVING) {
      throw refused(container, 409, "Container is marked for removal and cannot be \"update\".");
    }
    Definition before = container.definition();
    HostConfig wanted = merged(container, before.hostConfig(), new HostConfig(asked));
    List<String> warnings = bundles.check(before.config(), wanted);
    Definition after = before.updated(wanted);
    store.saveUpdate(after);
    try {
      if (container.active() != null && container.state().status().alive()) {
        cgroups.limit(container.group(), bundles.limits(wanted));
      }
    } catch (IOException | RuntimeException e) {
      store.saveUpdate(before);
      restore(container, before);
      throw refused(container, 500, String.valueOf(e.getMessage()));
    }
    container.updated(after);
    container.changeRegardless(state -> state.withRestartPolicy(wanted.restartPolicy()));
    return warnings;
  }

  private void restore(Container container, Definition before) {
    try {
      cgroups.limit(container.group(), bundles.limits(before.hostConfig()));
    } catch (IOException e) {
      System.getLogger(Updating.class.getName())
          .log(System.Logger.Level.WARNING, "cannot restore limits of " + container.shortId(), e);
    }
  }

  private HostConfig merged(Container container, HostConfig now, HostConfig asked)
      throws ApiException {
    try {
      validation.checkUpdate(asked);
      validation.checkConflicts(now, asked);
    } catch (ApiException e) {
      throw e.status() == 409 ? refused(container, 409, e.getMessage()) : e;
    }
    ObjectNode json = now.json().deepCopy();
    for (String name : NUMBERS) {
      if (asked.json().path(name).asLong(0) != 0) {
        json.set(name, asked.json().get(name));
      }
    }
    for (String name : TEXTS) {
      if (!asked.json().path(name).asString("").isEmpty()) {
        json.set(name, asked.json().get(name));
      }
    }
    if (asked.pidsLimit().isPresent()) {
      json.put("PidsLimit", Math.max(0, asked.pidsLimit().getAsLong()));
    }
    RestartPolicy policy = asked.restartPolicy();
    if (!asked.json().path("RestartPolicy").path("Name").asString("").isEmpty()) {
      json.set("RestartPolicy", policy.json());
    } else {
      json.set("RestartPolicy", container.state().restartPolicy().json());
    }
    return new HostConfig(json);
  }

  private static ApiException refused(Container container, int status, String message) {
    return new ApiException(status, "Cannot update container " + container.id() + ": " + message);
  }
}
