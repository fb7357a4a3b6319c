package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.receipts.Actor;
import io.metanode.receipts.ReceiptSink.Appended;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Stops, kills, restarts, pauses and unpauses containers. */
final class Stopping {

  private static final long DEFAULT_TIMEOUT_SECONDS = 10;
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  private final Operations operations;
  private final Cgroups cgroups;
  private final ContainerEvents events;
  private final Metering metering;
  private final Starting starting;

  Stopping(EngineParts parts, ContainerEvents events, Metering metering, Starting starting) {
    operations = parts.operations();
    cgroups = parts.cgroups();
    this.events = events;
    this.metering = metering;
    this.starting = starting;
  }

  /**
   * How a client wants a container stopped.
   *
   * @param signal to ask with; empty for the container's own
   * @param timeoutSeconds before SIGKILL; empty for the container's own, negative for no end
   */
  record Manner(Optional<String> signal, OptionalLong timeoutSeconds) {
    ObjectNode arguments() {
      ObjectNode arguments = Steps.arguments();
      signal.ifPresent(value -> arguments.put("signal", value));
      timeoutSeconds.ifPresent(value -> arguments.put("timeout", value));
      return arguments;
    }
  }

  /**
   * Asks a container to stop, and kills it if it does not in time.
   *
   * @return false if it was not running
   */
  boolean stop(Actor actor, Container container, Manner manner) throws ApiException, IOException {
    int signal = stopSignal(container, manner);
    Ticket ticket = begin(actor, "container.stop", container, manner.arguments());
    if (!container.state().status().alive() && container.state().status() != Status.RESTARTING) {
      Operations.awaitDurable(done(container, ticket));
      return false;
    }
    Appended appended;
    try {
      end(container, signal, timeout(container, manner));
      events.publish(container, "stop");
      appended = done(container, ticket);
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    }
    Operations.awaitDurable(appended);
    return true;
  }

  /** Stops a container if it runs, and starts it. */
  void restart(Actor actor, Container container, Manner manner) throws ApiException, IOException {
    int signal = stopSignal(container, manner);
    Ticket ticket = begin(actor, "container.restart", container, manner.arguments());
    Appended appended;
    container.restarting(true);
    try {
      end(container, signal, timeout(container, manner));
      starting.start(actor, container);
      events.publish(container, "restart");
      appended = done(container, ticket);
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    } finally {
      container.restarting(false);
    }
    Operations.awaitDurable(appended);
  }

  /**
   * Sends a signal; waits for the end after SIGKILL. As in Docker, a container that waits to be
   * started again gets no signal, and is not started again.
   *
   * @throws ApiException 409 in Docker's words if the container is not running
   */
  void kill(Actor actor, Container container, String signalName) throws ApiException, IOException {
    int signal = signalName.isEmpty() ? Signals.KILL : Signals.parse(signalName);
    ActiveRun run = awaitsRestart(container) ? null : running(container, "");
    Ticket ticket =
        begin(actor, "container.kill", container, Steps.arguments().put("signal", signal));
    Appended appended;
    try {
      if (run == null || signal == Signals.KILL || signal == stopSignal(container, NO_WISH)) {
        ActiveRun now = byHand(container);
        run = run == null ? now : run;
      }
      if (run != null) {
        signal(container, run, signal);
        if (signal == Signals.KILL) {
          settled(run, Optional.of(KILL_PATIENCE));
        }
      }
      appended = done(container, ticket);
    } catch (ApiException | IOException | RuntimeException e) {
      Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
      throw e;
    }
    Operations.awaitDurable(appended);
  }

  private static boolean awaitsRestart(Container container) {
    return container.state().status() == Status.RESTARTING && container.active() == null;
  }

  private static final Manner NO_WISH = new Manner(Optional.empty(), OptionalLong.empty());

  /** Kills a container that is about to be removed. */
  void killForRemoval(Container container) throws ApiException, IOException {
    end(container, Signals.KILL, Optional.of(Duration.ZERO));
  }

  void pause(Actor actor, Container container) throws ApiException, IOException {
    toggle(actor, container, "pause");
  }

  void unpause(Actor actor, Container container) throws ApiException, IOException {
    toggle(actor, container, "unpause");
  }

  private void toggle(Actor actor, Container container, String verb)
      throws ApiException, IOException {
    boolean pause = verb.equals("pause");
    Appended appended;
    container.lock();
    try {
      checkToggle(container, pause);
      Ticket ticket = begin(actor, "container." + verb, container, Steps.arguments());
      try {
        if (pause) {
          cgroups.freeze(container.group());
        } else {
          cgroups.thaw(container.group());
        }
        container.change(state -> state.to(pause ? Status.PAUSED : Status.RUNNING));
      } catch (IOException | RuntimeException e) {
        if (pause) {
          cgroups.thaw(container.group());
        }
        Operations.awaitDurable(ticket.failed(String.valueOf(e.getMessage())));
        throw e;
      }
      appended = ticket.done(Steps.done(container, metering.take(container)));
      events.publish(container, verb);
    } finally {
      container.unlock();
    }
    Operations.awaitDurable(appended);
  }

  private static void checkToggle(Container container, boolean pause) throws ApiException {
    Status status = container.state().status();
    if (pause && status == Status.PAUSED) {
      throw ApiException.conflict("container " + container.id() + " is already paused");
    }
    if (!pause && status != Status.PAUSED) {
      throw ApiException.internal("Container " + container.id() + " is not paused");
    }
    if (pause && status == Status.RESTARTING) {
      throw ApiException.conflict(
          "Container " + container.id() + " is restarting, wait until the container is running");
    }
    if (pause && status != Status.RUNNING) {
      throw ApiException.conflict("container " + container.id() + " is not running");
    }
  }

  private Ticket begin(Actor actor, String name, Container container, ObjectNode arguments)
      throws ApiException {
    return operations.begin(Steps.of(actor, name, container, arguments), Steps.subjects(container));
  }

  private Appended done(Container container, Ticket ticket) {
    container.lock();
    try {
      return ticket.done(Steps.done(container, metering.take(container)));
    } finally {
      container.unlock();
    }
  }

  private void end(Container container, int signal, Optional<Duration> timeout)
      throws ApiException, IOException {
    ActiveRun run = byHand(container);
    if (run == null) {
      return;
    }
    signal(container, run, signal);
    if (signal != Signals.KILL && !settled(run, timeout)) {
      signal(container, run, Signals.KILL);
    }
    if (!settled(run, Optional.of(KILL_PATIENCE))) {
      throw ApiException.internal("tried to kill container, but did not receive an exit event");
    }
  }

  /** Notes that a client ends it, takes back a pending restart, and gives the run there is. */
  private @Nullable ActiveRun byHand(Container container) throws IOException {
    container.lock();
    try {
      Starting.cancelRestart(container);
      container.change(
          state ->
              (state.status() == Status.RESTARTING ? state.to(Status.EXITED) : state)
                  .withStoppedByHand(true));
      return container.active();
    } finally {
      container.unlock();
    }
  }

  private void signal(Container container, ActiveRun run, int signal) throws IOException {
    if (run.process().hasEnded()) {
      return;
    }
    run.process().signal(signal);
    events.publish(container, "kill", Map.of("signal", Integer.toString(signal)));
    container.lock();
    try {
      if (container.state().status() == Status.PAUSED && signal == Signals.KILL) {
        cgroups.thaw(container.group());
      }
    } finally {
      container.unlock();
    }
  }

  private static boolean settled(ActiveRun run, Optional<Duration> timeout) {
    CompletableFuture<Void> settled = run.settled();
    try {
      if (timeout.isPresent()) {
        settled.get(timeout.get().toNanos(), TimeUnit.NANOSECONDS);
      } else {
        settled.get();
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("settling never fails", e);
    }
  }

  private static int stopSignal(Container container, Manner manner) throws ApiException {
    String own = container.definition().config().stopSignal();
    String name = manner.signal().orElse(own);
    return name.isEmpty() ? Signals.TERM : Signals.parse(name);
  }

  private static Optional<Duration> timeout(Container container, Manner manner) {
    OptionalLong own = container.definition().config().stopTimeoutSeconds();
    long seconds = manner.timeoutSeconds().orElse(own.orElse(DEFAULT_TIMEOUT_SECONDS));
    return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  /**
   * @throws ApiException 409 in Docker's words if there is no running process
   */
  static ActiveRun running(Container container, String prefix) throws ApiException {
    ActiveRun run = container.active();
    if (run == null || !container.state().status().alive()) {
      throw ApiException.conflict(prefix + "container " + container.id() + " is not running");
    }
    return run;
  }
}
