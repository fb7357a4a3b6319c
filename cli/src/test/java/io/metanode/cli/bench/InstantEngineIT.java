package io.metanode.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.metanode.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstantEngineIT {

  @TempDir Path directory;

  @Test
  void runAfterRunEndsInOrderUntilItIsClosed() throws Exception {
    Path socket = directory.resolve("instant.sock");
    ApiRun run = new ApiRun(socket, "none", "image");
    try (InstantEngine engine = InstantEngine.listen(socket)) {
      for (int i = 0; i < 3; i++) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), run::millis);
        assertEquals("", engine.docker().output("run", "--rm", "image", "true"));
      }
    }
    assertTurnedAway(run);
  }

  private static void assertTurnedAway(ApiRun run) {
    assertThrows(
        CommandException.class,
        () -> assertTimeoutPreemptively(Duration.ofSeconds(10), run::millis));
  }

  /** Who asks just then is turned away, and does not wait for ever. */
  @Test
  void nobodyIsLeftWaitingWhenItIsClosed() throws Exception {
    Path socket = directory.resolve("instant.sock");
    ApiRun run = new ApiRun(socket, "none", "image");
    try (ExecutorService hands = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 300; i++) {
        InstantEngine engine = InstantEngine.listen(socket);
        Future<?> asking = hands.submit(() -> untilTurnedAway(run));
        LockSupport.parkNanos(i * 10_000L);
        engine.close();
        try {
          ExecutionException end =
              assertThrows(ExecutionException.class, () -> asking.get(10, TimeUnit.SECONDS));
          assertInstanceOf(CommandException.class, end.getCause());
        } finally {
          asking.cancel(true);
        }
        Files.delete(socket);
      }
    }
  }

  private static void untilTurnedAway(ApiRun run) {
    while (true) {
      run.millis();
    }
  }
}
