package io.metanode.containers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.runtime.RunDirectory.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryIT {

  @TempDir Path directory;

  /** Whoever looks at any moment, as an engine after a crash does. */
  @Test
  void whatRunsIsSaidWholeOrNotAtAll() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 300; i++) {
        RunDirectory run =
            new RunDirectory(Files.createDirectories(directory.resolve(Integer.toString(i))));
        Subject subject = new Subject("c" + i, i % 2 == 0);
        Future<?> writer =
            threads.submit(
                () -> {
                  run.writeSubject(subject);
                  return null;
                });
        Optional<Subject> seen = run.subject();
        while (seen.isEmpty()) {
          seen = run.subject();
        }
        assertEquals(subject, seen.get());
        writer.get();
      }
    }
  }

  @Test
  void whatACrashLeftOfItSaysNothing() throws IOException {
    RunDirectory run = new RunDirectory(directory);
    Files.createFile(directory.resolve("run.part"));
    assertTrue(run.subject().isEmpty());
    run.writeSubject(new Subject("c1", false));
    assertEquals(Optional.of(new Subject("c1", false)), run.subject());
    assertFalse(Files.exists(directory.resolve("run.part")));
  }
}
