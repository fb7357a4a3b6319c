package io.metanode.containers.runtime;

import io.metanode.foundation.Clock;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A process as its shim's controlling connection shows it. */
final class ShimProcess implements RunningProcess {

  static final byte RELEASE = 'Q';
  private static final byte SIGNAL = 'S';
  private static final byte WINDOW = 'W';
  private static final int LARGEST_SIGNAL = 64;

  /** What containerd reports of a process whose shim died. */
  private static final int EXIT_UNKNOWN = 255;

  private final RunDirectory directory;
  private final Optional<Path> runtimeState;
  private final int pid;
  private final Optional<SocketChannel> control;
  private final CompletableFuture<ProcessExit> exit = new CompletableFuture<>();

  private ShimProcess(
      RunDirectory directory,
      Optional<Path> runtimeState,
      int pid,
      Optional<SocketChannel> control) {
    this.directory = directory;
    this.runtimeState = runtimeState;
    this.pid = pid;
    this.control = control;
  }

  /** A running process; a virtual thread waits for its end. */
  static ShimProcess watch(
      RunDirectory directory,
      Optional<Path> runtimeState,
      int pid,
      SocketChannel control,
      Clock clock) {
    ShimProcess process = new ShimProcess(directory, runtimeState, pid, Optional.of(control));
    Thread.ofVirtual()
        .name("shim-" + pid)
        .start(() -> process.exit.complete(process.awaitEnd(control, clock)));
    return process;
  }

  /** A process that ended while no engine watched. */
  static ShimProcess ended(
      RunDirectory directory,
      Optional<Path> runtimeState,
      ProcessExit exit,
      Optional<SocketChannel> control) {
    ShimProcess process = new ShimProcess(directory, runtimeState, 0, control);
    process.exit.complete(exit);
    return process;
  }

  private ProcessExit awaitEnd(SocketChannel channel, Clock clock) {
    try {
      if (ShimEvent.read(channel) instanceof ShimEvent.Ended(ProcessExit reported)) {
        return reported;
      }
    } catch (IOException connectionLost) {
      // The record, if there is one, says the same.
    }
    return recordedExit()
        .orElseGet(() -> new ProcessExit(EXIT_UNKNOWN, clock.now(), OptionalLong.empty()));
  }

  private Optional<ProcessExit> recordedExit() {
    try {
      return directory.exitRecord().orElse(null) instanceof ExitRecord.Exited(ProcessExit recorded)
          ? Optional.of(recorded)
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public CompletableFuture<ProcessExit> exit() {
    return exit.copy();
  }

  @Override
  public boolean hasEnded() {
    return exit.isDone();
  }

  @Override
  public void signal(int signal) throws IOException {
    if (signal < 1 || signal > LARGEST_SIGNAL) {
      throw new IllegalArgumentException("not a signal: " + signal);
    }
    request(SIGNAL, (byte) signal);
  }

  @Override
  public void resize(int rows, int columns) throws IOException {
    request(window(rows, columns));
  }

  /** What asks the shim for a size. */
  static byte[] window(int rows, int columns) {
    return new byte[] {
      WINDOW, (byte) (rows >> 8), (byte) rows, (byte) (columns >> 8), (byte) columns
    };
  }

  /** Asks the shim for something; a process that has ended needs nothing any more. */
  private synchronized void request(byte... request) throws IOException {
    if (control.isPresent() && !exit.isDone()) {
      ShimConnection.write(control.get(), request);
    }
  }

  @Override
  public ProcessStreams attach(StreamSelection selection) throws IOException {
    return ShimConnection.attach(directory.socket(), selection);
  }

  @Override
  public void countEgress(long goneBytes, List<Path> counters) throws IOException {
    directory.writeEgress(goneBytes, counters);
  }

  @Override
  public void release() throws IOException {
    if (control.isPresent()) {
      try (SocketChannel channel = control.get()) {
        ShimConnection.write(channel, RELEASE);
      } catch (IOException shimGone) {
        // Then there is nothing to let go.
      }
    }
    directory.remove();
    if (runtimeState.isPresent()) {
      RunDirectory.removeTree(runtimeState.get());
    }
  }
}
