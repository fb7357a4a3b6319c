package io.metanode.containers.engine;

import io.metanode.containers.engine.PendingAttachment.Connection;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.StreamSelection;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Connects clients to the streams of containers, running or about to be started. */
final class Attaching {

  private final Operations operations;
  private final ContainerEvents events;

  Attaching(Operations operations, ContainerEvents events) {
    this.operations = operations;
    this.events = events;
  }

  /**
   * What a client wants of an attachment.
   *
   * @param backlog first, where it asked for logs
   * @param stream whether it stays for what follows
   */
  record Wish(
      StreamSelection selection,
      Optional<Backlog> backlog,
      boolean stream,
      DetachKeys detachKeys) {}

  /**
   * Attaches a client and returns when it has gone or the output has ended.
   *
   * @throws ApiException before the connection is taken over
   */
  void attach(Actor actor, Container container, Wish wish, Takeover takeover)
      throws ApiException, IOException {
    Ticket ticket =
        operations.begin(
            Steps.of(
                actor,
                "container.attach",
                container,
                Steps.arguments()
                    .put("stdin", wish.selection().stdin())
                    .put("stdout", wish.selection().stdout())
                    .put("stderr", wish.selection().stderr())),
            Steps.subjects(container));
    CompletableFuture<Connection> connected = new CompletableFuture<>();
    Appended appended = register(container, wish, ticket, connected);
    events.publish(container, "attach");
    if (connected.isDone()) {
      awaitDurable(appended, connected);
    }
    Hijacked client;
    try {
      client = takeover.take();
    } catch (IOException | RuntimeException e) {
      var _ = connected.thenAccept(connection -> Pump.close(connection.streams()));
      throw e;
    }
    serve(container, wish, client, connected);
  }

  private static void awaitDurable(Appended appended, CompletableFuture<Connection> connected)
      throws ApiException {
    try {
      Operations.awaitDurable(appended);
    } catch (ApiException e) {
      Pump.close(connected.join().streams());
      throw e;
    }
  }

  private Appended register(
      Container container, Wish wish, Ticket ticket, CompletableFuture<Connection> connected)
      throws ApiException, IOException {
    container.lock();
    try {
      checkAttachable(container);
      ActiveRun run = container.active();
      if (run != null && wish.stream()) {
        connected.complete(new Connection(run.process().attach(wish.selection()), run.durable()));
      } else if (wish.stream()) {
        container.attachments().add(new PendingAttachment(wish.selection(), connected));
      }
      return ticket.done(Steps.done(container, Usage.ONE_RECEIPT));
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    } finally {
      container.unlock();
    }
  }

  private static void checkAttachable(Container container) throws ApiException {
    switch (container.state().status()) {
      case PAUSED ->
          throw ApiException.conflict(
              "Container " + container.id() + " is paused, unpause the container before attach");
      case RESTARTING ->
          throw ApiException.conflict(
              "Container "
                  + container.id()
                  + " is restarting, wait until the container is running");
      case REMOVING, DEAD -> throw ApiException.notFound("No such container: " + container.id());
      case CREATED, RUNNING, EXITED -> {}
    }
  }

  private void serve(
      Container container, Wish wish, Hijacked client, CompletableFuture<Connection> connected) {
    try {
      if (wish.backlog().isPresent()) {
        wish.backlog().get().write(client.output());
      }
      if (wish.stream()) {
        carry(container, wish, client, connected);
      } else {
        Pump.end(client, Optional.empty());
      }
    } catch (IOException | CompletionException | CancellationException e) {
      // The client is gone, or the container will not start; closing tells it.
    } finally {
      Pump.close(client.channel());
    }
  }

  private void carry(
      Container container, Wish wish, Hijacked client, CompletableFuture<Connection> connected) {
    Connection connection = connected.join();
    try {
      connection.durable().join();
    } catch (CompletionException e) {
      Pump.close(connection.streams());
      throw e;
    }
    Optional<DetachKeys> keys =
        container.definition().config().terminal()
            ? Optional.of(wish.detachKeys())
            : Optional.empty();
    Pump pump = new Pump(client, connection.streams(), keys);
    if (pump.run(wish.selection().stdin())) {
      events.publish(container, "detach");
    }
    pump.end();
  }
}
