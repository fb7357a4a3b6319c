package io.metanode.containers.engine;

import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts ended containers again as their policies say: after 100 ms, then after twice as long as
 * the time before, up to a minute; anew from 100 ms after a run of at least 10 s.
 */
final class Restarts {

  private static final System.Logger LOG = System.getLogger(Restarts.class.getName());
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration LASTING = Duration.ofSeconds(10);

  /** Starts a container; with its lock held. */
  @FunctionalInterface
  interface Starter {
    void start(Container container) throws ApiException, IOException;
  }

  private final Timers timers;
  private final Map<String, Duration> delays = new ConcurrentHashMap<>();
  private volatile Starter starter =
      container -> {
        throw new IllegalStateException("no starter");
      };
  private volatile boolean stopped;

  Restarts(Timers timers) {
    this.timers = timers;
  }

  void startWith(Starter with) {
    starter = with;
  }

  /** Whether containers are left as they end, because the engine closes. */
  boolean stopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  /** Plans the next start of a container that has ended. With its lock held. */
  void schedule(Container container) {
    Run run = container.state().run();
    boolean lasted = Duration.between(run.startedAt(), run.finishedAt()).compareTo(LASTING) >= 0;
    Duration delay = lasted ? FIRST : delays.getOrDefault(container.id(), FIRST);
    schedule(container, delay);
  }

  /** Plans a start at once, for the engine's own start. With the container's lock held. */
  void resume(Container container) {
    schedule(container, Duration.ZERO);
  }

  private void schedule(Container container, Duration delay) {
    Duration doubled = delay.isZero() ? FIRST : delay.multipliedBy(2);
    delays.put(container.id(), doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
    container.restart(timers.after(delay, () -> restart(container)));
  }

  private void restart(Container container) {
    container.lock();
    try {
      if (stopped || container.state().status() != Status.RESTARTING) {
        return;
      }
      container.restart(null);
      container.change(state -> state.withRestarts(state.restarts() + 1));
      starter.start(container);
    } catch (ApiException | IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "restart of " + container.shortId() + " failed", e);
    } finally {
      container.unlock();
    }
  }

  /** Forgets a container's history; a client started or removed it. */
  void forget(Container container) {
    delays.remove(container.id());
  }
}
