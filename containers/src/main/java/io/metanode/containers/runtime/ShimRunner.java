package io.metanode.containers.runtime;

import io.metanode.containers.LauncherChoice;
import io.metanode.containers.launch.Launcher;
import io.metanode.containers.launch.OutsideLauncherException;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import tools.jackson.databind.JsonNode;

/**
 * Runs processes through runc, each under a shim that one {@code posix_spawn} starts.
 *
 * <p>The shim's socket exists before the shim does: attached clients wait in its backlog and so
 * miss nothing of the output.
 */
public final class ShimRunner implements ProcessRunner, AutoCloseable {

  private static final int BACKLOG = 64;

  private final Syscalls syscalls;
  private final Clock clock;
  private final Runc runc;
  private final Launcher launcher;
  private final LauncherChoice choice;
  private final WaitingShims waiting;

  /** Of the runs that are containers, by the container's id. */
  private final Map<String, RunDirectory> containers = new ConcurrentHashMap<>();

  /**
   * @param choice what starts containers; a process joins a container the way the container began
   * @param ahead how many shims are started before they are needed
   * @param background where they are started
   */
  public ShimRunner(
      Syscalls syscalls,
      Clock clock,
      Launcher launcher,
      Runc runc,
      LauncherChoice choice,
      int ahead,
      Executor background) {
    this.syscalls = syscalls;
    this.clock = clock;
    this.runc = runc;
    this.launcher = launcher;
    this.choice = choice;
    waiting = new WaitingShims(syscalls, launcher.shim(), ahead, background);
  }

  @Override
  public PendingProcess container(ContainerLaunch launch) throws IOException {
    RunDirectory directory = new RunDirectory(launch.stateDirectory());
    boolean planned = planned(launch, launcher.read(launch.bundle()), directory);
    if (launch.egressCounters().size() > 1) {
      Files.createDirectories(directory.path());
      directory.writeEgress(0, launch.egressCounters());
    }
    return pending(
        directory,
        new RunDirectory.Subject(launch.id(), false),
        ShimCommand.container(launch, directory, planned, runc.run(launch, directory)),
        Namespaces.lent(launch.namespaceDescriptor()));
  }

  private boolean planned(ContainerLaunch launch, JsonNode config, RunDirectory directory)
      throws IOException {
    if (choice == LauncherChoice.RUNC) {
      return false;
    }
    try {
      boolean joins = launch.namespaceDescriptor().isPresent();
      byte[] plan = launcher.container(config, launch.id(), joins);
      Files.createDirectories(directory.path());
      Files.write(directory.plan(), plan);
      return true;
    } catch (OutsideLauncherException runcDoesIt) {
      System.getLogger(ShimRunner.class.getName())
          .log(
              System.Logger.Level.DEBUG,
              "runc starts " + launch.id() + ": " + runcDoesIt.getMessage());
      return false;
    }
  }

  @Override
  public PendingProcess exec(ExecLaunch launch) throws IOException {
    RunDirectory directory = new RunDirectory(launch.stateDirectory());
    Optional<FirstProcess> first = firstProcess(launch.containerId());
    List<String> runtime = first.isPresent() ? List.of() : runc.exec(launch, directory);
    if (first.isPresent()) {
      plan(launch, directory);
    }
    return pending(
        directory,
        new RunDirectory.Subject(launch.containerId(), true),
        ShimCommand.exec(launch, directory, first.isPresent(), runtime),
        first.isPresent()
            ? Namespaces.owned(first.get().open(syscalls), syscalls)
            : Namespaces.NONE);
  }

  /** Empty for a container that runc started: runc enters those, and knows no others. */
  private Optional<FirstProcess> firstProcess(String containerId) throws IOException {
    RunDirectory run = containers.get(containerId);
    return run == null ? Optional.empty() : run.process();
  }

  private void plan(ExecLaunch launch, RunDirectory directory) throws IOException {
    try {
      byte[] plan = launcher.exec(launch.bundle(), launch.containerId(), launch.process());
      Files.createDirectories(directory.path());
      Files.write(directory.plan(), plan);
    } catch (OutsideLauncherException e) {
      throw new IOException(
          "the process cannot join a container that was started without runc: " + e.getMessage(),
          e);
    }
  }

  private PendingProcess pending(
      RunDirectory directory,
      RunDirectory.Subject subject,
      List<String> command,
      Namespaces namespaces)
      throws IOException {
    try {
      Files.createDirectories(directory.path());
      directory.writeSubject(subject);
      int listening = syscalls.listenUnix(directory.socket(), BACKLOG);
      return new PendingShim(this, directory, subject, command, listening, namespaces);
    } catch (IOException | RuntimeException e) {
      namespaces.release().run();
      throw e;
    }
  }

  /** Has a shim do what the command says: one that waits for that, or a new one. */
  void spawn(List<String> command, int listening, OptionalInt namespace) throws SyscallException {
    int[] descriptors =
        namespace.isPresent() ? new int[] {listening, namespace.getAsInt()} : new int[] {listening};
    if (!waiting.tell(command, descriptors)) {
      Shims.spawn(syscalls, launcher.shim(), command, descriptors);
    }
  }

  /** Lets the shims go that wait; those that hold a process stay. */
  @Override
  public void close() {
    waiting.close();
  }

  void close(int descriptor) {
    syscalls.close(descriptor);
  }

  RunningProcess running(
      RunDirectory directory, RunDirectory.Subject subject, int pid, SocketChannel control) {
    ShimProcess process = ShimProcess.watch(directory, stateOf(subject), pid, control, clock);
    if (!subject.exec()) {
      String container = subject.containerId();
      containers.put(container, directory);
      var _ = process.exit().thenRun(() -> containers.remove(container, directory));
    }
    return process;
  }

  @Override
  public Optional<RunningProcess> reattach(Path stateDirectory) throws IOException {
    RunDirectory directory = new RunDirectory(stateDirectory);
    Optional<RunDirectory.Subject> subject = directory.subject();
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    Optional<RunningProcess> alive = connect(directory, subject.get());
    return alive.isPresent() ? alive : ended(directory, subject.get());
  }

  private Optional<RunningProcess> connect(RunDirectory directory, RunDirectory.Subject subject)
      throws IOException {
    SocketChannel control;
    try {
      control = ShimConnection.control(directory.socket());
    } catch (SocketException noShim) {
      return Optional.empty();
    }
    return switch (ShimEvent.read(control)) {
      case ShimEvent.Running(int pid) -> Optional.of(running(directory, subject, pid, control));
      case ShimEvent.Ended(ProcessExit exit) ->
          Optional.of(ShimProcess.ended(directory, stateOf(subject), exit, Optional.of(control)));
      case ShimEvent.Failed failed -> {
        ShimConnection.write(control, ShimProcess.RELEASE);
        control.close();
        yield Optional.empty();
      }
      case ShimEvent.Gone gone -> {
        control.close();
        yield Optional.empty();
      }
    };
  }

  private Optional<RunningProcess> ended(RunDirectory directory, RunDirectory.Subject subject)
      throws IOException {
    Optional<ExitRecord> record = directory.exitRecord();
    return record.isPresent() && record.get() instanceof ExitRecord.Exited(ProcessExit exit)
        ? Optional.of(ShimProcess.ended(directory, stateOf(subject), exit, Optional.empty()))
        : Optional.empty();
  }

  /** What runc keeps of a container; nothing of an exec. */
  private Optional<Path> stateOf(RunDirectory.Subject subject) {
    return subject.exec() ? Optional.empty() : Optional.of(runc.state(subject.containerId()));
  }
}
