package io.metanode.containers.engine;

import io.metanode.containers.runtime.ContainerLaunch;
import io.metanode.containers.runtime.ExecLaunch;
import io.metanode.containers.runtime.PendingProcess;
import io.metanode.containers.runtime.ProcessExit;
import io.metanode.containers.runtime.ProcessRunner;
import io.metanode.containers.runtime.ProcessStreams;
import io.metanode.containers.runtime.RunningProcess;
import io.metanode.containers.runtime.StartException;
import io.metanode.containers.runtime.StreamSelection;
import io.metanode.foundation.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Processes that run until a test ends them. */
final class FakeRunner implements ProcessRunner {

  private final Clock clock;
  private final List<FakeProcess> started = new ArrayList<>();
  private final List<FakeProcess> execs = new ArrayList<>();
  private final Map<Path, FakeProcess> byDirectory = new HashMap<>();
  private @Nullable StartException refusal;
  private int attached;
  private int execExitCode;
  private boolean execsRunOn;
  private @Nullable Kernel kernel;

  /** Has what runs counted. */
  void counted(Kernel by) {
    kernel = by;
  }

  FakeRunner(Clock clock) {
    this.clock = clock;
  }

  /** How execs end, which they do at once. */
  void execsEndWith(int exitCode) {
    execExitCode = exitCode;
  }

  /** Has execs run until they are ended. */
  void execsRunOn() {
    execsRunOn = true;
  }

  /** As if the machine had started anew: nothing that ran is there. */
  void forget() {
    byDirectory.clear();
  }

  /** What the next starts fail with; null for none. */
  void refuse(@Nullable StartException with) {
    refusal = with;
  }

  List<FakeProcess> started() {
    return started;
  }

  FakeProcess last() {
    return started.getLast();
  }

  /** The last exec. */
  FakeProcess exec() {
    return execs.getLast();
  }

  int execsBegun() {
    return execs.size();
  }

  /** How many clients attached before a start. */
  int attached() {
    return attached;
  }

  @Override
  public PendingProcess container(ContainerLaunch launch) {
    return new Pending(launch.stateDirectory(), false, launch.id());
  }

  @Override
  public PendingProcess exec(ExecLaunch launch) {
    return new Pending(launch.stateDirectory(), true, "");
  }

  @Override
  public Optional<RunningProcess> reattach(Path stateDirectory) {
    return Optional.ofNullable(byDirectory.get(stateDirectory));
  }

  private final class Pending implements PendingProcess {

    private final Path directory;

    private final boolean exec;
    private final String containerId;

    private Pending(Path directory, boolean exec, String containerId) {
      this.containerId = containerId;
      this.directory = directory;
      this.exec = exec;
    }

    @Override
    public ProcessStreams attach(StreamSelection selection) {
      attached++;
      return new NoStreams();
    }

    @Override
    public void resize(int rows, int columns) {}

    @Override
    public RunningProcess start() throws StartException {
      if (refusal != null) {
        throw refusal;
      }
      FakeProcess process = new FakeProcess(100 + started.size());
      byDirectory.put(directory, process);
      if (exec) {
        execs.add(process);
        if (!execsRunOn) {
          process.end(execExitCode);
        }
        return process;
      }
      started.add(process);
      if (kernel != null) {
        process.counted(kernel, containerId);
        kernel.started(containerId);
      }
      return process;
    }

    @Override
    public void close() {}
  }

  private record NoStreams() implements ProcessStreams {
    @Override
    public InputStream output() {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public OutputStream input() {
      return new ByteArrayOutputStream();
    }

    @Override
    public void close() {}
  }

  /** One process. It dies of SIGKILL, and of SIGTERM unless it is stubborn. */
  final class FakeProcess implements RunningProcess {

    private final int pid;
    private final CompletableFuture<ProcessExit> exit = new CompletableFuture<>();
    private final List<Integer> signals = new ArrayList<>();
    private boolean stubborn;
    private boolean released;
    private @Nullable Kernel kernel;
    private String container = "";
    private String size = "";

    private FakeProcess(int pid) {
      this.pid = pid;
    }

    private void counted(Kernel by, String containerId) {
      kernel = by;
      container = containerId;
    }

    void end(int code) {
      OptionalLong egress =
          kernel == null ? OptionalLong.empty() : OptionalLong.of(kernel.ended(container));
      exit.complete(new ProcessExit(code, clock.now(), egress));
    }

    void stubborn() {
      stubborn = true;
    }

    List<Integer> signals() {
      return signals;
    }

    /** As if it had not been released. */
    void holdsAgain() {
      released = false;
    }

    boolean released() {
      return released;
    }

    @Override
    public void countEgress(long goneBytes, List<Path> counters) {}

    @Override
    public int pid() {
      return pid;
    }

    @Override
    public CompletableFuture<ProcessExit> exit() {
      return exit.copy();
    }

    /** Those who wait for the end. */
    int waiting() {
      return exit.getNumberOfDependents();
    }

    @Override
    public boolean hasEnded() {
      return exit.isDone();
    }

    @Override
    public void signal(int signal) {
      signals.add(signal);
      if (signal == Signals.KILL || (signal == Signals.TERM && !stubborn)) {
        end(128 + signal);
      }
    }

    @Override
    public void resize(int rows, int columns) {
      size = rows + "x" + columns;
    }

    /** Of its terminal, as it was set last. */
    String size() {
      return size;
    }

    @Override
    public ProcessStreams attach(StreamSelection selection) {
      return new NoStreams();
    }

    @Override
    public void release() {
      released = true;
    }
  }
}
