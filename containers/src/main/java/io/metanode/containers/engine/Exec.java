package io.metanode.containers.engine;

import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.runtime.RunningProcess;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One more process in a container, from its creation to the end of the container's run. */
public final class Exec {

  /** Where an exec is in its life. */
  public enum Phase {
    CREATED,
    RUNNING,
    EXITED
  }

  /**
   * What changes about it.
   *
   * @param exitCode how it ended; 0 before
   */
  public record Progress(Phase phase, int pid, int exitCode) {}

  private final String id;
  private final Container container;
  private final ExecConfig config;
  private final @Nullable ActiveRun run;
  private volatile Progress progress = new Progress(Phase.CREATED, 0, 0);
  private volatile @Nullable RunningProcess process;

  /** Done once it runs, or ended without. */
  private final CountDownLatch begun = new CountDownLatch(1);

  Exec(String id, Container container, ExecConfig config) {
    this.id = id;
    this.container = container;
    this.config = config;
    run = container.active();
  }

  public String id() {
    return id;
  }

  public Container container() {
    return container;
  }

  public ExecConfig config() {
    return config;
  }

  public Progress progress() {
    return progress;
  }

  /** Whether it was never started, and the run it was made for is over. */
  boolean missed() {
    return progress.phase() == Phase.CREATED
        && (!Objects.equals(container.active(), run) || !container.state().status().alive());
  }

  /** Claims it for starting; false if someone else did. */
  synchronized boolean claim() {
    if (progress.phase() != Phase.CREATED) {
      return false;
    }
    progress = new Progress(Phase.RUNNING, 0, 0);
    return true;
  }

  void started(RunningProcess running) {
    process = running;
    progress = new Progress(Phase.RUNNING, running.pid(), 0);
    begun.countDown();
  }

  void ended(int exitCode) {
    progress = new Progress(Phase.EXITED, 0, exitCode);
    process = null;
    begun.countDown();
  }

  /** Waits until it runs, or ended without; false if it does neither in time. */
  boolean awaitBegun(Duration patience) {
    try {
      return begun.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Nullable RunningProcess process() {
    return process;
  }
}
