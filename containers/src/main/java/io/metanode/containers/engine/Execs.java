package io.metanode.containers.engine;

import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange.Hijacked;
import io.metanode.containers.operation.Operation;
import io.metanode.containers.operation.Operations;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.ExecLaunch;
import io.metanode.containers.runtime.PendingProcess;
import io.metanode.containers.runtime.ProcessStreams;
import io.metanode.containers.runtime.RunningProcess;
import io.metanode.containers.runtime.StartException;
import io.metanode.containers.runtime.StreamSelection;
import io.metanode.receipts.Actor;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.ReceiptSink.Appended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs more processes in running containers. */
public final class Execs {

  private static final int KEPT_PER_CONTAINER = 64;
  private static final int EXIT_PATIENCE_SECONDS = 2;
  private static final int CANNOT_RUN = 126;
  private static final Duration START_PATIENCE = Duration.ofSeconds(10);

  private final EngineParts parts;
  private final ContainerStore store;
  private final Names names;
  private final ExecEnds ends;
  private final Map<String, Exec> byId = new ConcurrentHashMap<>();

  Execs(EngineParts parts, ContainerStore store, Names names, ExecEnds ends) {
    this.parts = parts;
    this.store = store;
    this.names = names;
    this.ends = ends;
  }

  /**
   * @throws ApiException 404 {@code No such exec instance: …}
   */
  public Exec resolve(String id) throws ApiException {
    Exec exec = byId.get(id);
    if (exec == null || exec.missed() || exec.container().state().status() == Status.REMOVING) {
      throw ApiException.notFound("No such exec instance: " + id);
    }
    return exec;
  }

  /**
   * Prepares an exec; nothing runs yet.
   *
   * @param asked what the client calls the container
   * @throws ApiException 409 in Docker's words if the container is not running
   */
  public Exec create(Actor actor, Container container, String asked, ExecConfig config)
      throws ApiException, IOException {
    checkRunning(container, asked);
    if (config.command().isEmpty()) {
      throw ApiException.badRequest("No exec command specified");
    }
    DetachKeys.parse(config.detachKeys());
    if (!config.user().isEmpty()) {
      parts.bundles().checkUser(root(container), config.user());
    }
    Exec exec = new Exec(names.id(), container, config);
    parts.operations().refuseDenied(step(actor, "container.exec", exec), Steps.subjects(container));
    Ticket ticket = begin(actor, "container.exec-create", exec);
    forgetOldest(container);
    byId.put(exec.id(), exec);
    container.execsById().put(exec.id(), exec);
    ends.publish(exec, "exec_create: " + String.join(" ", config.command()), Map.of());
    Operations.awaitDurable(ends.append(exec, ticket, new Outcome.Done()));
    return exec;
  }

  private void forgetOldest(Container container) {
    if (container.execsById().size() >= KEPT_PER_CONTAINER) {
      container
          .execsById()
          .values()
          .removeIf(
              exec ->
                  exec.progress().phase() == Exec.Phase.EXITED && byId.remove(exec.id()) != null);
    }
  }

  /** Takes up an exec that an earlier engine had started. */
  void found(Exec exec) {
    exec.claim();
    byId.put(exec.id(), exec);
    exec.container().execsById().put(exec.id(), exec);
  }

  /** Forgets the execs of a container that is gone. */
  void forget(Container container) {
    container.execsById().keySet().forEach(byId::remove);
  }

  private static void checkRunning(Container container, String asked) throws ApiException {
    switch (container.state().status()) {
      case PAUSED ->
          throw ApiException.conflict(
              "Container " + asked + " is paused, unpause the container before exec");
      case RESTARTING ->
          throw ApiException.conflict(
              "Container "
                  + container.id()
                  + " is restarting, wait until the container is running");
      case CREATED, EXITED, REMOVING, DEAD ->
          throw ApiException.conflict("container " + container.id() + " is not running");
      case RUNNING -> {}
    }
  }

  /**
   * Starts an exec without a client on its streams; returns once its receipt is durable.
   *
   * @throws ApiException 409 if it was started before or the container does not run; 400 if the
   *     program cannot be executed
   */
  public void startDetached(Actor actor, Exec exec) throws ApiException, IOException {
    Started started = start(actor, exec, null);
    Operations.awaitDurable(started.appended());
  }

  /**
   * What a client sees of an exec.
   *
   * @param raw whether output comes as it is, not in frames: {@code Tty} of its start
   * @param size rows and columns to begin with; empty where none were given
   */
  public record Screen(boolean raw, List<Integer> size) {}

  /**
   * Starts an exec with a client on its streams, and returns when the output has ended. As in
   * Docker, the connection is taken over before the process begins: what fails from then on is told
   * on the stream.
   */
  public void startAttached(
      Actor actor, Exec exec, DetachKeys detachKeys, Screen screen, Takeover takeover)
      throws ApiException, IOException {
    ExecConfig config = exec.config();
    Ticket ticket = admit(actor, exec);
    Hijacked connection = take(exec, ticket, takeover);
    StreamSelection selection =
        new StreamSelection(config.attachStdin(), config.attachStdout(), config.attachStderr());
    try {
      Started started = launch(exec, ticket, selection, screen.size());
      ProcessStreams streams = started.streams();
      awaitDurable(started, streams);
      if (streams != null) {
        Hijacked client = ExecOutput.to(connection, config.terminal(), screen.raw());
        Optional<DetachKeys> keys = config.terminal() ? Optional.of(detachKeys) : Optional.empty();
        Pump pump = new Pump(client, streams, keys);
        if (!pump.run(config.attachStdin())) {
          awaitEnd(started);
        }
        pump.end();
      }
    } catch (StartException | ApiException e) {
      tell(connection, screen.raw(), String.valueOf(e.getMessage()));
    } finally {
      Pump.close(connection.channel());
    }
  }

  private Hijacked take(Exec exec, Ticket ticket, Takeover takeover)
      throws ApiException, IOException {
    try {
      return takeover.take();
    } catch (IOException | RuntimeException e) {
      fail(exec, ticket, null, CANNOT_RUN, e);
      throw e;
    }
  }

  private static void awaitDurable(Started started, @Nullable ProcessStreams streams)
      throws ApiException {
    try {
      Operations.awaitDurable(started.appended());
    } catch (ApiException | RuntimeException e) {
      if (streams != null) {
        Pump.close(streams);
      }
      throw e;
    }
  }

  /**
   * Runs a command for the engine itself.
   *
   * @param timeout after which it is killed
   */
  Health.Result probe(Container container, ExecConfig config, Duration timeout) {
    Instant begun = parts.clock().now();
    Exec exec = new Exec(names.id(), container, config);
    byId.put(exec.id(), exec);
    container.execsById().put(exec.id(), exec);
    ProbeOutput output = new ProbeOutput();
    try {
      Started started = start(Steps.ENGINE, exec, new StreamSelection(false, true, true));
      ProcessStreams streams = started.streams();
      if (streams != null) {
        Thread.ofVirtual().name("probe").start(() -> output.read(streams));
      }
      Operations.awaitDurable(started.appended());
      started.ended().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      int exitCode = exec.progress().exitCode();
      return new Health.Result(begun, parts.clock().now(), exitCode, output.text());
    } catch (java.util.concurrent.TimeoutException e) {
      kill(exec);
      return failed(begun, overdue(timeout, output.text()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(begun, "the engine closes");
    } catch (ApiException | IOException | java.util.concurrent.ExecutionException e) {
      return failed(begun, String.valueOf(e.getMessage()));
    } finally {
      byId.remove(exec.id());
      container.execsById().remove(exec.id());
    }
  }

  /** With what the probe wrote until then. */
  private static String overdue(Duration timeout, String written) {
    String told = "Health check exceeded timeout (" + GoDuration.of(timeout) + ")";
    return written.isEmpty() ? told : told + ": " + written;
  }

  private Health.Result failed(Instant begun, String why) {
    return new Health.Result(begun, parts.clock().now(), -1, why);
  }

  private static void kill(Exec exec) {
    RunningProcess process = exec.process();
    try {
      if (process != null) {
        process.signal(Signals.KILL);
      }
    } catch (IOException e) {
      System.getLogger(Execs.class.getName())
          .log(System.Logger.Level.WARNING, "cannot end probe " + exec.id(), e);
    }
  }

  private static void awaitEnd(Started started) {
    try {
      started.ended().get(EXIT_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // It closed its output and runs on; the client is not kept for that.
    }
  }

  private static void tell(Hijacked client, boolean raw, String error) throws IOException {
    byte[] text = (error + "\r\n").getBytes(StandardCharsets.UTF_8);
    client.output().write(raw ? text : Frames.frame(Frames.STDOUT, text, text.length));
    client.output().flush();
  }

  private record Started(
      Appended appended, @Nullable ProcessStreams streams, CompletableFuture<Void> ended) {}

  private Started start(Actor actor, Exec exec, @Nullable StreamSelection selection)
      throws ApiException, IOException {
    try {
      return launch(exec, admit(actor, exec), selection, List.of());
    } catch (StartException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** Whether it may start, and that nobody else starts it. */
  private Ticket admit(Actor actor, Exec exec) throws ApiException {
    checkRunning(exec.container(), exec.container().id());
    Ticket ticket = begin(actor, "container.exec", exec);
    if (!exec.claim()) {
      ApiException refused =
          ApiException.conflict("exec " + exec.id() + " has already run or is running");
      Operations.awaitDurable(ticket.failed(String.valueOf(refused.getMessage())));
      throw refused;
    }
    return ticket;
  }

  private Started launch(
      Exec exec, Ticket ticket, @Nullable StreamSelection selection, List<Integer> terminalSize)
      throws ApiException, StartException, IOException {
    Ticket exit = null;
    try {
      exit = ends.reserve(exec);
      return spawn(exec, ticket, exit, selection, terminalSize);
    } catch (StartException e) {
      fail(exec, ticket, exit, e.exitCode(), e);
      throw e;
    } catch (ApiException | IOException | RuntimeException e) {
      fail(exec, ticket, exit, CANNOT_RUN, e);
      throw e;
    }
  }

  private void fail(
      Exec exec, Ticket ticket, @Nullable Ticket exit, int exitCode, Exception failure)
      throws ApiException {
    exec.ended(exitCode);
    if (exit != null) {
      exit.abandon();
    }
    Operations.awaitDurable(ticket.failed(String.valueOf(failure.getMessage())));
  }

  private Started spawn(
      Exec exec,
      Ticket ticket,
      Ticket exit,
      @Nullable StreamSelection selection,
      List<Integer> terminalSize)
      throws ApiException, StartException, IOException {
    Container container = exec.container();
    ExecFiles files = ExecFiles.of(store.directory(container.id()), exec.id());
    parts.bundles().writeProcess(container, exec.config(), root(container), files.process());
    files.write(exec, parts.clock().now());
    Path stateDirectory =
        Files.createDirectories(parts.runDirectory().resolve(ExecFiles.runDirectory(exec.id())));
    PendingProcess pending =
        parts
            .runner()
            .exec(
                new ExecLaunch(
                    container.id(),
                    stateDirectory,
                    store.directory(container.id()).resolve("bundle"),
                    files.process(),
                    exec.config().terminal(),
                    exec.config().attachStdin() && selection != null));
    try {
      ProcessStreams streams = selection == null ? null : pending.attach(selection);
      resizeAtFirst(exec, pending, terminalSize);
      RunningProcess running = pending.start();
      exec.started(running);
      CompletableFuture<Void> ended = ends.watch(exec, running, exit, files);
      ends.publish(exec, "exec_start: " + String.join(" ", exec.config().command()), Map.of());
      return new Started(ends.append(exec, ticket, new Outcome.Done()), streams, ended);
    } catch (StartException | IOException | RuntimeException e) {
      pending.close();
      files.delete();
      throw e;
    }
  }

  /** Mounting a mounted file system only tells where it is. */
  private Path root(Container container) throws ApiException, IOException {
    return parts
        .snapshots()
        .open(container.id())
        .orElseThrow(() -> ApiException.internal("the file system of the container is gone"))
        .mount(container.definition().isPassing());
  }

  private static void resizeAtFirst(Exec exec, PendingProcess pending, List<Integer> wished) {
    TerminalSize.of(wished.isEmpty() ? exec.config().consoleSize() : wished)
        .filter(_ -> exec.config().terminal())
        .ifPresent(size -> pending.resize(size.rows(), size.columns()));
  }

  private Ticket begin(Actor actor, String name, Exec exec) throws ApiException {
    return parts.operations().begin(step(actor, name, exec), Steps.subjects(exec.container()));
  }

  private static Operation step(Actor actor, String name, Exec exec) {
    return Steps.of(actor, name, exec.container(), ExecEnds.attributes(exec), exec.config().json());
  }

  /**
   * Sets the size of an exec's terminal. The client of one that starts has its connection sooner
   * than the process runs, so that is waited for, as Docker does.
   *
   * @throws ApiException 500 if it does not start; 409 if it does not run any longer
   */
  public void resize(Exec exec, int rows, int columns) throws ApiException, IOException {
    if (!exec.awaitBegun(START_PATIENCE)) {
      throw ApiException.internal("timeout waiting for exec session ready");
    }
    RunningProcess process = exec.process();
    if (process == null) {
      throw ApiException.conflict("exec " + exec.id() + " is not running");
    }
    process.resize(rows, columns);
  }
}
