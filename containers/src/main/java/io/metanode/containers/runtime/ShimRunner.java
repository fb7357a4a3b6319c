package io.metanode.containers.runtime;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import io.metanode.foundation.Clock;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs processes through runc, each under a shim that one {@code posix_spawn} starts.
 *
 * <p>The shim's socket exists before the shim does: attached clients wait in its backlog and so
 * miss nothing of the output.
 */
public final class ShimRunner implements ProcessRunner {

  private static final int BACKLOG = 64;

  private final Syscalls syscalls;
  private final Clock clock;
  private final Path shim;
  private final Runc runc;

  /**
   * @param shim the shim's program
   */
  public ShimRunner(Syscalls syscalls, Clock clock, Path shim, Runc runc) {
    this.syscalls = syscalls;
    this.clock = clock;
    this.shim = shim;
    this.runc = runc;
  }

  @Override
  public PendingProcess container(ContainerLaunch launch) throws IOException {
    RunDirectory directory = new RunDirectory(launch.stateDirectory());
    return pending(
        directory,
        new RunDirectory.Subject(launch.id(), false),
        ShimCommand.container(launch, directory, runc.run(launch, directory)),
        launch.namespaceDescriptor());
  }

  @Override
  public PendingProcess exec(ExecLaunch launch) throws IOException {
    RunDirectory directory = new RunDirectory(launch.stateDirectory());
    return pending(
        directory,
        new RunDirectory.Subject(launch.containerId(), true),
        ShimCommand.exec(launch, directory, runc.exec(launch, directory)),
        OptionalInt.empty());
  }

  private PendingProcess pending(
      RunDirectory directory,
      RunDirectory.Subject subject,
      List<String> command,
      OptionalInt namespace)
      throws IOException {
    Files.createDirectories(directory.path());
    directory.writeSubject(subject);
    int listening = syscalls.listenUnix(directory.socket(), BACKLOG);
    return new PendingShim(this, directory, subject, command, listening, namespace);
  }

  /** Starts a shim, whose first act is to leave this process; its stand-in is reaped here. */
  void spawn(List<String> command, int listening, OptionalInt namespace) throws SyscallException {
    int none = syscalls.open(Path.of("/dev/null"), Constants.O_RDWR, 0);
    try {
      int[] descriptors =
          namespace.isPresent()
              ? new int[] {none, none, none, listening, namespace.getAsInt()}
              : new int[] {none, none, none, listening};
      syscalls.reap(syscalls.spawn(shim, command, Runc.ENVIRONMENT, descriptors));
    } finally {
      syscalls.close(none);
    }
  }

  void close(int descriptor) {
    syscalls.close(descriptor);
  }

  RunningProcess running(
      RunDirectory directory, RunDirectory.Subject subject, int pid, SocketChannel control) {
    return ShimProcess.watch(directory, stateOf(subject), pid, control, clock);
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
