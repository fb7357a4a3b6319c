package io.metanode.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.metanode.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    assertThrows(CommandException.class, run::millis);
  }

  /** Who connects just then is turned away, and does not wait for ever. */
  @Test
  void nobodyIsLeftWaitingWhenItIsClosed() throws Exception {
    Path socket = directory.resolve("instant.sock");
    ApiRun run = new ApiRun(socket, "none", "image");
    for (int i = 0; i < 200; i++) {
      InstantEngine engine = InstantEngine.listen(socket);
      engine.close();
      assertThrows(
          CommandException.class,
          () -> assertTimeoutPreemptively(Duration.ofSeconds(10), run::millis));
      Files.delete(socket);
    }
  }
}
