package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.network.Networks.LeaseRecord;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink.Appended;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Keeps links on the default bridge true as containers come and go, and takes them away. */
final class Linking {

  /** How long a container that the engine starts waits for those it is linked to; as Docker. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final long POLL_NANOS = 20_000_000;

  private final EngineParts parts;
  private final Containers containers;
  private final ContainerStore store;
  private final Metering metering;

  Linking(EngineParts parts, Containers containers, ContainerStore store, Metering metering) {
    this.parts = parts;
    this.containers = containers;
    this.store = store;
    this.metering = metering;
  }

  /**
   * Tells those that are linked to a container where it is. Without the container's lock: it takes
   * theirs, so that none of them is just writing its file.
   */
  void renew(Container started) {
    started.state().lease().map(LeaseRecord::endpoints).orElse(List.of()).stream()
        .filter(place -> place.networkName().equals("bridge"))
        .findFirst()
        .ifPresent(
            place ->
                containers
                    .links()
                    .callersOf(started)
                    .forEach(
                        (caller, aliases) -> {
                          caller.lock();
                          try {
                            parts.bundles().relink(store.directory(caller.id()), aliases, place);
                          } catch (IOException e) {
                            System.getLogger(Linking.class.getName())
                                .log(
                                    System.Logger.Level.WARNING,
                                    "name files of " + caller.shortId(),
                                    e);
                          } finally {
                            caller.unlock();
                          }
                        }));
  }

  /** Lets those that a container is linked to start first, where the engine starts them too. */
  void awaitTargets(Container container) {
    long end = parts.clock().monotonicNanos() + PATIENCE_NANOS;
    while (parts.clock().monotonicNanos() - end < 0
        && container.state().links().stream()
            .flatMap(link -> containers.links().target(link).stream())
            .anyMatch(target -> target.state().status() == Status.RESTARTING)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /**
   * Takes a link away; returns once the receipt is durable.
   *
   * @param name {@code NAME/ALIAS}, perhaps after a slash
   * @throws ApiException 500 in Docker's words if it is a container's own name, or names no link
   */
  void unlink(Actor actor, String name) throws ApiException, IOException {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    int slash = bare.lastIndexOf('/');
    if (slash < 1) {
      throw ApiException.internal("Conflict, cannot remove the default link name of the container");
    }
    String alias = bare.substring(slash + 1);
    Container caller =
        containers
            .byIdOrName(bare.substring(0, slash))
            .orElseThrow(
                () ->
                    ApiException.internal(
                        "Cannot get parent /%s for link name /%s"
                            .formatted(bare.substring(0, slash), bare)));
    Appended appended;
    caller.lock();
    try {
      Ticket ticket =
          parts
              .operations()
              .begin(
                  Steps.of(
                      actor, "container.unlink", caller, Steps.arguments().put("alias", alias)),
                  Steps.subjects(caller));
      try {
        caller.change(
            state ->
                state.withLinks(
                    state.links().stream().filter(link -> !link.alias().equals(alias)).toList()));
        store.sync(caller.id());
      } catch (IOException | RuntimeException e) {
        Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
        throw e;
      }
      appended = ticket.done(Steps.done(caller, metering.take(caller)));
    } finally {
      caller.unlock();
    }
    Operations.awaitDurable(appended);
  }
}
