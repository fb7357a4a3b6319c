package io.metanode.containers.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client's wait for a container. */
public final class ContainerWait implements AutoCloseable {

  private final Waits waits;
  private final Waits.Wait wait;

  ContainerWait(Waits waits, Waits.Wait wait) {
    this.waits = waits;
    this.wait = wait;
  }

  /**
   * How it ended.
   *
   * @param error why it could not be started; empty otherwise
   */
  public record End(int exitCode, String error) {}

  /** Waits for at most {@code patience}; empty if nothing happened by then. */
  public Optional<End> await(Duration patience) {
    try {
      Waits.Result result = wait.result().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.of(new End(result.exitCode(), result.error()));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wait never fails", e);
    }
  }

  @Override
  public void close() {
    waits.forget(wait);
  }
}
