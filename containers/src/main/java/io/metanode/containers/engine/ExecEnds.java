package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.ProcessExit;
import io.metanode.containers.runtime.RunningProcess;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink.Appended;
import io.metanode.receipts.Usage;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Deals with the ends of execs: receipt first, then who asks may know. */
final class ExecEnds {

  private final EngineParts parts;
  private final ContainerEvents events;
  private final Metering metering;
  private final LastingReceipts receipts;
  private final Executor threads;

  ExecEnds(
      EngineParts parts,
      ContainerEvents events,
      Metering metering,
      LastingReceipts receipts,
      Executor threads) {
    this.parts = parts;
    this.events = events;
    this.metering = metering;
    this.receipts = receipts;
    this.threads = threads;
  }

  /** Reserves the receipt of the end of an exec that is about to begin. */
  Ticket reserve(Exec exec) throws ApiException {
    return parts.operations().observe(end(exec), Steps.subjects(exec.container()));
  }

  private static Operation end(Exec exec) {
    return Steps.of(
        Steps.ENGINE,
        "container.exec-exit",
        exec.container(),
        attributes(exec),
        Steps.arguments().put("exec", exec.id()));
  }

  /**
   * Whether the end of an exec is receipted: the earlier engine may have ended before it forgot it.
   *
   * @param from when it ended; where that is not known, when it was started
   */
  boolean receipted(Exec exec, Instant from) throws IOException {
    Operation end = end(exec);
    return parts
        .operations()
        .receiptedSince(
            from,
            step ->
                step.operation().equals(end.name()) && step.arguments().equals(end.arguments()));
  }

  static Map<String, String> attributes(Exec exec) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("exec", exec.id());
    attributes.put("command", String.join(" ", exec.config().command()));
    attributes.put("execPrivileged", Boolean.toString(exec.config().privileged()));
    if (!exec.config().user().isEmpty()) {
      attributes.put("user", exec.config().user());
    }
    return attributes;
  }

  /** Appends a receipt with what the container has used since its last one. */
  Appended append(Exec exec, Ticket ticket, Outcome outcome) {
    Container container = exec.container();
    container.lock();
    try {
      return ticket.done(Steps.ended(container, outcome, usage(container)));
    } finally {
      container.unlock();
    }
  }

  /** What a container that goes has used is on the receipt of its removal. */
  private Usage usage(Container container) {
    return container.state().status() == Status.REMOVING
        ? Usage.ONE_RECEIPT
        : metering.take(container);
  }

  void publish(Exec exec, String action, Map<String, String> more) {
    Map<String, String> attributes = new LinkedHashMap<>(more);
    attributes.put("execID", exec.id());
    events.publish(exec.container(), action, attributes);
  }

  /**
   * Deals with the end of an exec when it comes.
   *
   * @return completes when that is done
   */
  CompletableFuture<Void> watch(Exec exec, RunningProcess running, Ticket ticket, ExecFiles files) {
    CompletableFuture<Void> told = new CompletableFuture<>();
    var _ =
        running
            .exit()
            .thenAcceptAsync(
                exit -> receipts.insist(new End(exec, running, exit, ticket, files, told)),
                threads);
    return told;
  }

  private final class End implements LastingReceipts.Attempt {

    private final Exec exec;
    private final RunningProcess running;
    private final ProcessExit exit;
    private @Nullable Ticket reserved;
    private final ExecFiles files;
    private final CompletableFuture<Void> told;
    private Usage taken = Usage.NONE;

    private End(
        Exec exec,
        RunningProcess running,
        ProcessExit exit,
        Ticket reserved,
        ExecFiles files,
        CompletableFuture<Void> told) {
      this.exec = exec;
      this.running = running;
      this.exit = exit;
      this.reserved = reserved;
      this.files = files;
      this.told = told;
    }

    @Override
    public List<Appended> append() throws ApiException {
      Ticket ticket = reserved == null ? reserve(exec) : reserved;
      reserved = null;
      Container container = exec.container();
      container.lock();
      try {
        taken = usage(container);
        return List.of(
            ticket.done(Steps.ended(container, new Outcome.Exited(exit.exitCode(), false), taken)));
      } finally {
        container.unlock();
      }
    }

    @Override
    public void undo(ApiException why) {
      exec.container().lock();
      try {
        exec.container().meter().giveBack(taken);
        taken = Usage.NONE;
      } finally {
        exec.container().unlock();
      }
    }

    @Override
    public void durable() {
      exec.ended(exit.exitCode());
      publish(exec, "exec_die", Map.of("exitCode", Integer.toString(exit.exitCode())));
      told.complete(null);
      clear(exec, running, files);
    }
  }

  /**
   * Forgets an exec whose end is receipted. Its run goes last: without it nobody knows how it
   * ended.
   */
  void clear(Exec exec, RunningProcess running, ExecFiles files) {
    try {
      files.delete();
      running.release();
    } catch (IOException e) {
      System.getLogger(ExecEnds.class.getName())
          .log(System.Logger.Level.WARNING, "cannot clear exec " + exec.id(), e);
    }
  }
}
