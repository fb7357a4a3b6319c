package io.metanode.containers.engine;

import io.metanode.containers.config.RestartPolicy;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.ProcessExit;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Usage;
import java.util.ArrayList;
import java.util.List;
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
  private final LastingReceipts receipts;
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
      LastingReceipts receipts,
      Executor threads) {
    this.parts = parts;
    this.containers = containers;
    this.events = events;
    this.metering = metering;
    this.teardown = teardown;
    this.restarts = restarts;
    this.receipts = receipts;
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
    boolean outOfMemory;
    container.lock();
    try {
      outOfMemory = metering.ended(container, exit);
    } finally {
      container.unlock();
    }
    receipts.insist(new End(container, run, exit, outOfMemory));
  }

  /** The end of one run, until its receipts are durable and everyone may know. */
  private final class End implements LastingReceipts.Attempt {

    private final Container container;
    private final ActiveRun run;
    private final ProcessExit exit;
    private final boolean outOfMemory;
    private @Nullable Ticket reserved;
    private boolean removes;
    private Usage taken = Usage.NONE;

    private End(Container container, ActiveRun run, ProcessExit exit, boolean outOfMemory) {
      this.container = container;
      this.run = run;
      this.exit = exit;
      this.outOfMemory = outOfMemory;
      reserved = run.exitTicket();
    }

    @Override
    public List<Appended> append() throws ApiException {
      List<Appended> appended = new ArrayList<>();
      container.lock();
      try {
        removes = next(container, exit) == Status.REMOVING;
        Ticket ticket = reserved == null ? reserve(container) : reserved;
        reserved = ticket;
        Optional<Ticket> removal =
            removes ? Optional.of(observe(container, "container.remove")) : Optional.empty();
        reserved = null;
        taken = metering.take(container);
        appended.add(
            ticket.done(
                Steps.ended(container, new Outcome.Exited(exit.exitCode(), outOfMemory), taken)));
        removal.ifPresent(
            t -> appended.add(t.done(Steps.done(container, metering.due(container)))));
        return appended;
      } finally {
        container.unlock();
      }
    }

    @Override
    public void undo(ApiException why) {
      container.lock();
      try {
        container.meter().giveBack(taken);
        taken = Usage.NONE;
        container.changeRegardless(
            state ->
                state
                    .withMeter(container.meter().counts())
                    .withRun(
                        state
                            .run()
                            .troubled(
                                "it has ended with "
                                    + exit.exitCode()
                                    + ", and the receipt of that is not durable yet: "
                                    + why.getMessage())));
      } finally {
        container.unlock();
      }
    }

    @Override
    public void durable() {
      container.lock();
      try {
        Status next = removes ? Status.REMOVING : next(container, exit);
        container.active(null);
        container.changeRegardless(state -> endedState(state, next));
        if (outOfMemory) {
          events.publish(container, "oom");
        }
        events.died(container, exit.exitCode());
        follow(next);
      } finally {
        container.unlock();
      }
      container.waits().complete(removes, new Waits.Result(exit.exitCode(), ""));
      run.settled().complete(null);
    }

    private State endedState(State state, Status next) {
      Run over = state.run().ended(exit.exitCode(), outOfMemory, exit.finishedAt()).cleared();
      return state.to(next).withLease(Optional.empty()).withRun(over);
    }

    private void follow(Status next) {
      if (next == Status.REMOVING) {
        containers.remove(container);
        events.publish(container, "destroy");
        teardown.removeLater(container, run, true);
      } else if (next == Status.RESTARTING) {
        teardown.beforeRestart(container, run);
        restarts.schedule(container);
      } else {
        teardown.later(container, run);
      }
    }
  }

  /** What becomes of a container whose run has ended. With its lock held. */
  Status next(Container container, ProcessExit exit) {
    State state = container.state();
    RestartPolicy policy = state.restartPolicy();
    if (!state.stoppedByHand()
        && !restarts.stopped()
        && policy.restarts(exit.exitCode(), state.restarts())) {
      return Status.RESTARTING;
    }
    boolean removes = container.definition().hostConfig().autoRemove() && !container.restarting();
    return removes ? Status.REMOVING : Status.EXITED;
  }

  /**
   * Deals with a container that could not be started. With its lock held.
   *
   * @return the receipts to wait for before anyone is told
   */
  List<Appended> notStarted(Container container, int exitCode) {
    List<Appended> appended = new ArrayList<>();
    boolean removed = container.definition().hostConfig().autoRemove();
    if (removed) {
      try {
        Ticket ticket = observe(container, "container.remove");
        Usage due = metering.take(container, state -> state.to(Status.REMOVING));
        containers.remove(container);
        appended.add(ticket.done(Steps.done(container, due)));
        events.publish(container, "destroy");
        teardown.removeLater(container, null, true);
      } catch (ApiException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "container " + container.shortId() + " stays: " + e.getMessage());
      }
    }
    container.waits().complete(removed, new Waits.Result(exitCode, ""));
    return appended;
  }
}
