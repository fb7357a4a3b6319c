package io.metanode.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.files.ReadyDirectories;
import io.metanode.containers.image.Commands;
import io.metanode.containers.image.Commands.Output;
import io.metanode.foundation.Digest;
import io.metanode.policy.Decision;
import io.metanode.receipts.Outcome;
import io.metanode.receipts.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine that fails amid a build in a way nobody foresaw, as a defect would: the policy of this
 * one throws when the container of a step is to start.
 */
@Timeout(180)
final class BrokenBuildIT {

  private static final AtomicBoolean BROKEN = new AtomicBoolean();
  private static final String DOCKERFILE =
      """
      FROM bb
      COPY Dockerfile /
      RUN --mount=type=cache,target=/c,id=locked,sharing=locked echo run
      """;

  private static DockLockFixture fixture;

  @TempDir Path context;

  @BeforeAll
  static void open() throws Exception {
    Decision allowed =
        new Decision(Decision.Effect.ALLOW, "default", new Digest("0".repeat(64)), "");
    fixture =
        new DockLockFixture(
            request -> {
              if (BROKEN.get() && request.operation().equals("container.start")) {
                throw new IllegalStateException("injected");
              }
              return allowed;
            });
    fixture.importBusybox();
  }

  @AfterAll
  static void close() throws Exception {
    if (fixture != null) {
      fixture.close();
    }
  }

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
  }

  @Test
  void theClassicBuildersClientHearsOfIt() throws Exception {
    tells(
        command("DOCKER_BUILDKIT=0"),
        "the engine failed: java.lang.IllegalStateException: injected");
  }

  @Test
  void buildxHearsOfIt() throws Exception {
    FetchedClients.plugin(fixture, "docker-buildx");
    tells(
        command("DOCKER_BUILDKIT=1"),
        "ERROR: failed to solve: Internal: the engine failed: java.lang.IllegalStateException: injected");
  }

  private List<String> command(String builder) {
    List<String> command = fixture.command("build", "--no-cache", context.toString());
    command.add(1, builder);
    return new ArrayList<>(command);
  }

  private void tells(List<String> build, String error) throws Exception {
    Commands.check(build.toArray(String[]::new));
    BROKEN.set(true);
    Output output;
    try {
      output = Commands.run(build.toArray(String[]::new));
    } finally {
      BROKEN.set(false);
    }
    assertEquals(1, output.exit(), output.text());
    assertTrue(output.text().contains(error), output.text());
    Step last = fixture.receipts().since(Instant.EPOCH).getLast();
    assertEquals("image.build", last.operation());
    assertEquals(new Outcome.Failed("injected"), last.outcome());
    assertEquals("", fixture.docker("ps", "-aq"));
    for (int i = 0; i < 100 && !held().isEmpty(); i++) {
      fixture.docker("version"); // what a container leaves goes in the background
    }
    assertEquals(List.of(), held());
    // Neither the lock of the cache nor the session is held by the build that failed.
    Commands.check(build.toArray(String[]::new));
  }

  /** What builds hold while they go on: mounts, directories, containers, secrets. */
  private static List<String> held() throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      if (line.contains(fixture.directory().toString())) {
        found.add(line);
      }
    }
    for (String name : List.of("home/builds", "home/containers", "run/secrets")) {
      Path directory = fixture.directory().resolve(name);
      if (Files.isDirectory(directory)) {
        try (Stream<Path> children = Files.list(directory)) {
          children
              .filter(child -> !ReadyDirectories.isReady(child))
              .map(Path::toString)
              .forEach(found::add);
        }
      }
    }
    return found;
  }
}
