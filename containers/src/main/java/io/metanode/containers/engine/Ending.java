package io.metanode.containers.engine;

import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.ProcessExit;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Deals with the end of a container's process: state, receipt, restart or removal, and only then
 * the clients that wait.
 */
final class Ending {

  private static final System.Logger LOG = System.getLogger(Ending.class.getName());

  private final EngineParts parts;
  private final Containers containers;
  private final ContainerEvents events;
  private final Metering metering;
  private final Teardown teardown;
  private final Restarts restarts;
  private final Executor threads;

  /**
   * @param threads where an end is dealt with; a thread of its own each
   */
  Ending(
      EngineParts parts,
      Containers containers,
      ContainerEvents events,
      Metering metering,
      Teardown teardown,
      Restarts restarts,
      Executor threads) {
    this.parts = parts;
    this.containers = containers;
    this.events = events;
    this.metering = metering;
    this.teardown = teardown;
    this.restarts = restarts;
    this.threads = threads;
  }

  /** Reserves the receipt of the end of a run that is about to begin. */
  Ticket reserve(Container container) throws ApiException {
    return observe(container, "container.exit");
  }

  private Ticket observe(Container container, String name) throws ApiException {
    return parts
        .operations()
        .observe(
            Steps.of(Steps.ENGINE, name, container, Steps.arguments()), Steps.subjects(container));
  }

  /** Deals with the end of a run when it comes. */
  void watch(Container container, ActiveRun run) {
    var _ = run.process().exit().thenAcceptAsync(exit -> ended(container, run, exit), threads);
  }

  private void ended(Container container, ActiveRun run, ProcessExit exit) {
    List<Appended> receipts = new ArrayList<>();
    boolean removed;
    container.lock();
    try {
      boolean outOfMemory = metering.ended(container, exit);
      Status next = next(container, exit);
      container.active(null);
      container.changeRegardless(
          state ->
              state
                  .to(next)
                  .withLease(Optional.empty())
                  .withRun(
                      state
                          .run()
                          .ended(exit.exitCode(), outOfMemory, exit.finishedAt())
                          .cleared()));
      Usage usage = metering.take(container);
      receipts.add(
          run.exitTicket()
              .done(
                  Steps.ended(container, new Outcome.Exited(exit.exitCode(), outOfMemory), usage)));
      if (outOfMemory) {
        events.publish(container, "oom");
      }
      events.publish(container, "die", Map.of("exitCode", Integer.toString(exit.exitCode())));
      removed = next == Status.REMOVING;
      if (removed) {
        receipts.addAll(removeAfterEnd(container, run));
      } else if (next == Status.RESTARTING) {
        teardown.run(container, run);
        restarts.schedule(container);
      } else {
        teardown.later(container, run);
      }
    } finally {
      container.unlock();
    }
    settle(container, run, exit, receipts, removed);
  }

  private Status next(Container container, ProcessExit exit) {
    State state = container.state();
    RestartPolicy policy = state.restartPolicy();
    if (!state.stoppedByHand()
        && !restarts.stopped()
        && policy.restarts(exit.exitCode(), state.restarts())) {
      return Status.RESTARTING;
    }
    return container.definition().hostConfig().autoRemove() ? Status.REMOVING : Status.EXITED;
  }

  private List<Appended> removeAfterEnd(Container container, @Nullable ActiveRun run) {
    List<Appended> receipts = new ArrayList<>();
    containers.remove(container);
    try {
      Ticket ticket = observe(container, "container.remove");
      receipts.add(ticket.done(Steps.done(container, container.meter().take())));
    } catch (ApiException e) {
      LOG.log(System.Logger.Level.ERROR, "no receipt for removing " + container.shortId(), e);
    }
    events.publish(container, "destroy");
    teardown.removeLater(container, run, true);
    return receipts;
  }

  private static void settle(
      Container container,
      ActiveRun run,
      ProcessExit exit,
      List<Appended> receipts,
      boolean removed) {
    for (Appended receipt : receipts) {
      try {
        Operations.awaitDurable(receipt);
      } catch (ApiException e) {
        LOG.log(System.Logger.Level.ERROR, "end of " + container.shortId(), e);
      }
    }
    container.waits().complete(removed, new Waits.Result(exit.exitCode(), ""));
    run.settled().complete(null);
  }

  /** Deals with a container that could not be started. With its lock held. */
  void notStarted(Container container, int exitCode) {
    boolean removed = container.definition().hostConfig().autoRemove();
    if (removed) {
      container.changeRegardless(state -> state.to(Status.REMOVING));
      removeAfterEnd(container, null);
    }
    container.waits().complete(removed, new Waits.Result(exitCode, ""));
  }
}
