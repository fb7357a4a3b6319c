package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.util.concurrent.CancellationException;

/** Removes and renames containers. */
final class Removing {

  private final Operations operations;
  private final Containers containers;
  private final ContainerStore store;
  private final ContainerEvents events;
  private final Metering metering;
  private final Teardown teardown;
  private final Stopping stopping;
  private final Restarts restarts;

  Removing(
      Operations operations,
      Containers containers,
      ContainerStore store,
      ContainerEvents events,
      Metering metering,
      Teardown teardown,
      Stopping stopping,
      Restarts restarts) {
    this.operations = operations;
    this.containers = containers;
    this.store = store;
    this.events = events;
    this.metering = metering;
    this.teardown = teardown;
    this.stopping = stopping;
    this.restarts = restarts;
  }

  /**
   * Removes a container.
   *
   * @param force kill it first if it runs
   * @param volumes remove its anonymous volumes too
   * @throws ApiException 409 in Docker's words if it runs and is not forced
   */
  void remove(Actor actor, Container container, boolean force, boolean volumes)
      throws ApiException, IOException {
    if (!force) {
      checkStopped(container);
    }
    Ticket ticket =
        operations.begin(
            Steps.of(
                actor,
                "container.remove",
                container,
                Steps.arguments().put("force", force).put("volumes", volumes)),
            Steps.subjects(container));
    Appended appended;
    try {
      if (force) {
        stopping.killForRemoval(container);
      }
      appended = commit(container, ticket, volumes);
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    }
    Operations.awaitDurable(appended);
    container.waits().complete(true, new Waits.Result(container.state().run().exitCode(), ""));
  }

  private Appended commit(Container container, Ticket ticket, boolean volumes)
      throws ApiException, IOException {
    container.lock();
    try {
      Status status = container.state().status();
      if (status == Status.REMOVING) {
        // Its end removed it, as it was created to be.
        return ticket.done(Steps.done(container, metering.due(container)));
      }
      checkStopped(container);
      metering.storage(container);
      Usage due = metering.due(container);
      try {
        container.change(state -> state.removing(volumes).withMeter(container.meter().counts()));
        store.sync(container.id());
      } catch (IOException | RuntimeException e) {
        container.meter().giveBack(due);
        throw e;
      }
      containers.remove(container);
      restarts.forget(container);
      abandonAttachments(container);
      Appended appended = ticket.done(Steps.done(container, due));
      events.publish(container, "destroy");
      teardown.removeLater(container, null, volumes);
      return appended;
    } finally {
      container.unlock();
    }
  }

  private static void abandonAttachments(Container container) {
    container
        .attachments()
        .forEach(waiting -> waiting.connected().completeExceptionally(new CancellationException()));
    container.attachments().clear();
  }

  private static void checkStopped(Container container) throws ApiException {
    String advice =
        switch (container.state().status()) {
          case PAUSED -> "container is paused and must be unpaused first";
          case RUNNING ->
              "container is running: stop the container before removing or force remove";
          case RESTARTING ->
              "container is restarting: stop the container before removing or force remove";
          case CREATED, EXITED, REMOVING, DEAD -> "";
        };
    if (!advice.isEmpty()) {
      throw ApiException.conflict(
          "cannot remove container \"/" + container.state().name() + "\": " + advice);
    }
  }

  /**
   * Gives a container another name.
   *
   * @throws ApiException 400 if the name is malformed or its own, 409 if another has it
   */
  void rename(Actor actor, Container container, String newName) throws ApiException, IOException {
    if (newName.isEmpty()) {
      throw ApiException.badRequest("Neither old nor new names may be empty");
    }
    String name = allocated(() -> Names.checked(newName.startsWith("/") ? newName : "/" + newName));
    Appended appended;
    container.lock();
    try {
      String old = container.state().name();
      if (old.equals(name)) {
        throw ApiException.badRequest(
            "Renaming a container with the same name as its current name");
      }
      Ticket ticket =
          operations.begin(
              Steps.of(actor, "container.rename", container, Steps.arguments().put("name", name)),
              Steps.subjects(container));
      try {
        allocated(
            () -> {
              containers.reserveName(name, container.id());
              return name;
            });
        container.change(state -> state.withName(name));
      } catch (ApiException | IOException | RuntimeException e) {
        if (!container.state().name().equals(name) && !(e instanceof ApiException)) {
          containers.releaseName(name, container.id());
        }
        Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
        throw e;
      }
      containers.releaseName(old, container.id());
      appended = ticket.done(Steps.done(container, metering.take(container)));
      events.publish(container, "rename", java.util.Map.of("oldName", "/" + old));
    } finally {
      container.unlock();
    }
    Operations.awaitDurable(appended);
  }

  private interface Allocation {
    String name() throws ApiException;
  }

  private static String allocated(Allocation allocation) throws ApiException {
    try {
      return allocation.name();
    } catch (ApiException e) {
      throw new ApiException(e.status(), "Error when allocating new name: " + e.getMessage());
    }
  }
}
