package io.metanode.containers.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A socket that listens, for a shim that is not there yet. */
final class PendingShim implements PendingProcess {

  private final ShimRunner runner;
  private final RunDirectory directory;
  private final RunDirectory.Subject subject;
  private final List<String> command;
  private final Namespaces namespaces;
  private int listening;
  private byte[] size = {};

  PendingShim(
      ShimRunner runner,
      RunDirectory directory,
      RunDirectory.Subject subject,
      List<String> command,
      int listening,
      Namespaces namespaces) {
    this.runner = runner;
    this.directory = directory;
    this.subject = subject;
    this.command = command;
    this.listening = listening;
    this.namespaces = namespaces;
  }

  @Override
  public ProcessStreams attach(StreamSelection selection) throws IOException {
    return ShimConnection.attach(directory.socket(), selection);
  }

  @Override
  public void resize(int rows, int columns) {
    size = ShimProcess.window(rows, columns);
  }

  @Override
  public RunningProcess start() throws StartException, IOException {
    SocketChannel control = ShimConnection.control(directory.socket());
    try {
      ShimConnection.write(control, size);
      spawn();
      return switch (ShimEvent.read(control)) {
        case ShimEvent.Running(int pid) -> runner.running(directory, subject, pid, control);
        case ShimEvent.Failed(int status) -> {
          StartException failure = RuntimeFailure.of(subject, directory, status);
          ShimConnection.write(control, ShimProcess.RELEASE);
          throw failure;
        }
        case ShimEvent.Ended ended ->
            throw new IOException("the shim reported an end before a start: " + ended);
        case ShimEvent.Gone gone ->
            throw new IOException(
                "the shim of " + subject.containerId() + " ended before it could say why");
      };
    } catch (StartException | IOException | RuntimeException e) {
      control.close();
      directory.remove();
      throw e;
    }
  }

  private void spawn() throws IOException {
    if (listening < 0) {
      throw new IllegalStateException("started before: " + subject);
    }
    try {
      runner.spawn(command, listening, namespaces.descriptor());
    } finally {
      stopListening();
    }
  }

  @Override
  public void close() {
    if (listening >= 0) {
      stopListening();
      try {
        directory.remove();
      } catch (IOException e) {
        throw new UncheckedIOException("the state of a process never started stays behind", e);
      }
    }
  }

  private void stopListening() {
    runner.close(listening);
    listening = -1;
    namespaces.release().run();
  }
}
