package io.metanode.containers.engine;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.ExecConfig;
import io.metanode.containers.config.HealthConfig;
import io.metanode.containers.config.Shapes;
import io.metanode.containers.http.ApiException;
import io.metanode.foundation.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Probes the health of running containers by commands in them, each an exec of the engine with its
 * receipts. The first probe comes one interval after the start.
 */
final class HealthChecks {

  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  private final Execs execs;
  private final ContainerEvents events;
  private final Timers timers;
  private final Clock clock;
  private volatile boolean stopped;

  HealthChecks(Execs execs, ContainerEvents events, Timers timers, Clock clock) {
    this.execs = execs;
    this.events = events;
    this.timers = timers;
    this.clock = clock;
  }

  void stop() {
    stopped = true;
  }

  /** Begins to probe a run, if the container's configuration says how. With its lock held. */
  void begin(Container container, ActiveRun run) {
    Optional<HealthConfig> config =
        container.definition().config().health().filter(HealthConfig::enabled);
    container.health(config.map(_ -> Health.UNKNOWN));
    config.ifPresent(health -> plan(container, run, health));
  }

  private void plan(Container container, ActiveRun run, HealthConfig config) {
    if (!stopped) {
      long nanos = grace(container, config) ? config.startIntervalNanos() : config.intervalNanos();
      timers.after(Duration.ofNanos(nanos), () -> probe(container, run, config));
    }
  }

  /** Whether the container is in its start period and was not healthy yet. */
  private boolean grace(Container container, HealthConfig config) {
    Instant end = container.state().run().startedAt().plusNanos(config.startPeriodNanos());
    return container.health().filter(h -> h.condition() == Health.Condition.STARTING).isPresent()
        && clock.now().isBefore(end);
  }

  private void probe(Container container, ActiveRun run, HealthConfig config) {
    if (!current(container, run)) {
      return;
    }
    if (container.state().status() == Status.RUNNING) {
      Health.Result result = result(container, config);
      container.lock();
      try {
        if (current(container, run)) {
          record(container, config, result);
        }
      } finally {
        container.unlock();
      }
    }
    plan(container, run, config);
  }

  @SuppressWarnings("ReferenceEquality") // the very run that was checked, not one like it
  private boolean current(Container container, ActiveRun run) {
    return !stopped && run.equals(container.active()) && !run.process().hasEnded();
  }

  private Health.Result result(Container container, HealthConfig config) {
    Instant start = clock.now();
    try {
      ExecConfig command = command(container.definition().config(), config.test());
      return execs.probe(container, command, Duration.ofNanos(config.timeoutNanos()));
    } catch (ApiException e) {
      return new Health.Result(start, clock.now(), -1, e.getMessage());
    }
  }

  private static ExecConfig command(ContainerConfig config, List<String> test) throws ApiException {
    List<String> words = new ArrayList<>(test.subList(1, test.size()));
    if (test.getFirst().equals("CMD-SHELL")) {
      words.addAll(0, config.shell().isEmpty() ? DEFAULT_SHELL : config.shell());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("AttachStdout", true).put("AttachStderr", true);
    ArrayNode array = json.putArray("Cmd");
    words.forEach(array::add);
    return new ExecConfig(Shapes.EXEC.read(json));
  }

  private void record(Container container, HealthConfig config, Health.Result result) {
    Health before = container.health().orElse(Health.UNKNOWN);
    Health after = before.after(result, grace(container, config), config.retries());
    container.health(Optional.of(after));
    if (before.condition() != after.condition()) {
      events.publish(container, "health_status: " + after.condition().word());
    }
  }
}
