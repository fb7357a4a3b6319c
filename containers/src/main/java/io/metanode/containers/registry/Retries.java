package io.metanode.containers.registry;

import io.metanode.containers.image.layer.ArchiveException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;

/**
 * Asks again where that may help: after broken connections, and what a registry calls transient.
 */
public final class Retries {

  /** What is tried. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Told before each pause. */
  @FunctionalInterface
  public interface Listener {
    void pausing(Duration pause);
  }

  private final Patience patience;
  private final Cancellation cancellation;
  private final Listener listener;
  private boolean reached;
  private int failed;

  /**
   * @param reached whether the registry has answered before; else a refused connection is final
   */
  public Retries(Patience patience, Cancellation cancellation, boolean reached, Listener listener) {
    this.patience = patience;
    this.cancellation = cancellation;
    this.reached = reached;
    this.listener = listener;
  }

  public <T> T run(Work<T> work) throws IOException {
    while (true) {
      cancellation.check();
      try {
        return work.run();
      } catch (IOException e) {
        pauseOrThrow(e);
      }
    }
  }

  /** What was tried got further than before: failures are counted anew. */
  void progressed() {
    reached = true;
    failed = 0;
  }

  private void pauseOrThrow(IOException failure) throws IOException {
    if (!isTransient(failure) || ++failed >= patience.attempts()) {
      throw failure;
    }
    Duration pause = patience.pauseAfter(failed);
    listener.pausing(pause);
    cancellation.pause(pause);
  }

  private boolean isTransient(IOException failure) {
    return switch (failure) {
      case ArchiveException _, CancelledException _, InterruptedIOException _ -> false;
      case RegistryException refusal -> refusal.isTransient();
      default ->
          switch (failure.getCause()) {
            case SSLHandshakeException _ -> false;
            case ConnectException _ -> reached;
            case null, default -> true;
          };
    };
  }
}
