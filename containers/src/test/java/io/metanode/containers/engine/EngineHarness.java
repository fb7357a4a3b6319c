package io.metanode.containers.engine;

import io.metanode.containers.event.EventBus;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.Json;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageConfig;
import io.metanode.containers.operation.Operations;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.policy.Policy;
import io.metanode.receipts.Actor;
import io.metanode.testkit.Gen;
import io.metanode.testkit.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** An engine on a host in memory, in virtual time, on the thread of the test. */
final class EngineHarness {

  static final Actor CLIENT = Actor.system("client");
  private static final Digest POLICY = new Digest("0".repeat(64));

  final VirtualClock clock = new VirtualClock();
  final VirtualTimers timers = new VirtualTimers(clock);
  final FakeReceipts receipts = new FakeReceipts();
  final FakeHost host = new FakeHost();
  final FakeRunner runner = new FakeRunner(clock);
  final List<String> events = new ArrayList<>();
  private final Path directory;
  private final Gen randomness = new Gen(7);
  private String denied = "";
  private Duration delay = Duration.ZERO;
  private Executor afterAnswers = Runnable::run;
  private Containers containers = new Containers();
  private AtomicBoolean alive = new AtomicBoolean();
  private Engine engine;

  EngineHarness(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("run"));
    engine = open();
  }

  private Engine open() throws IOException {
    containers = new Containers();
    Policy policy =
        request ->
            new Decision(
                request.operation().equals(denied) ? Decision.Effect.DENY : Decision.Effect.ALLOW,
                "test",
                POLICY,
                "",
                delay);
    EventBus bus = new EventBus();
    bus.subscribe(Instant.EPOCH, event -> events.add(event.action()));
    Image image =
        new Image(
            new Digest("1".repeat(64)),
            List.of("bb:latest"),
            new ImageConfig(
                Map.of(),
                List.of(),
                List.of(),
                List.of("sh"),
                "",
                "",
                Set.of(),
                Set.of(),
                "",
                Optional.empty(),
                List.of(),
                List.of()),
            List.of(),
            Instant.EPOCH,
            0,
            "amd64",
            "linux");
    EngineParts parts =
        new EngineParts(
            directory,
            directory.resolve("run"),
            name -> image,
            host,
            host,
            runner,
            host,
            host,
            host,
            new Operations(policy, receipts, clock, clock::advance),
            bus,
            clock,
            randomness,
            timers,
            Runnable::run,
            task -> afterAnswers.execute(task),
            Runnable::run);
    AtomicBoolean lives = new AtomicBoolean(true);
    alive = lives;
    return new Engine(
        parts,
        containers,
        task -> {
          if (lives.get()) {
            task.run();
          }
        },
        List.of());
  }

  /** Takes what is to begin a moment after an answer. */
  void afterAnswers(Executor executor) {
    afterAnswers = executor;
  }

  /** Ends the engine; it sees nothing of what happens from here. */
  void kill() {
    alive.set(false);
    engine.close();
  }

  /** Another engine on what the last one left, which is killed if it was not. */
  void reopen() throws IOException {
    kill();
    engine = open();
    engine.recover();
  }

  Engine engine() {
    return engine;
  }

  void deny(String operation) {
    denied = operation;
  }

  /** Slows every operation down. */
  void slowDown(Duration by) {
    delay = by;
  }

  /** Creates a container named {@code cc} unless {@code name} says otherwise. */
  Container create(String name, String hostConfig) throws ApiException, IOException {
    return createWith(name, "\"HostConfig\":" + hostConfig);
  }

  /** Creates a container from the members of a request besides the image. */
  Container createWith(String name, String members) throws ApiException, IOException {
    String body = "{\"Image\":\"bb\"," + members + "}";
    String id =
        engine
            .create(CLIENT, Optional.of(name), Json.parse(body.getBytes(StandardCharsets.UTF_8)))
            .id();
    return containers.resolve(id);
  }

  Container started(String hostConfig) throws ApiException, IOException {
    Container container = create("cc", hostConfig);
    engine.start(CLIENT, container);
    return container;
  }

  /** The container as the engine that is open now has it. */
  Container current(Container container) throws ApiException {
    return containers.resolve(container.id());
  }

  boolean exists(Container container) throws ApiException {
    return containers.find(container.id()).isPresent();
  }

  void stop(Container container, long timeoutSeconds) throws ApiException, IOException {
    engine.stop(CLIENT, container, Optional.empty(), OptionalLong.of(timeoutSeconds));
  }

  void seconds(long count) {
    timers.advance(Duration.ofSeconds(count));
  }
}
