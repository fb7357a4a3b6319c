package io.metanode.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.cli.OtherProgram;
import io.metanode.cli.ScratchFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bench whose process is told to stop, SIGTERM, amid its work. */
@Timeout(60)
final class StoppedBenchIT {

  @TempDir Path parent;

  /** Begins a bench that never ends. */
  public static void main(String[] arguments) throws IOException {
    Bench bench = Bench.of(ScratchFolder.in(Path.of(arguments[0]), "bench"));
    bench.with(() -> System.out.println("closed"));
    System.out.println(bench.directory());
    while (bench.directory().isAbsolute()) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
  }

  @Test
  void takesItsPartsAndItsFolderAway() throws Exception {
    Process process = OtherProgram.start(StoppedBenchIT.class, parent);
    try (BufferedReader out = process.inputReader()) {
      Path directory = Path.of(out.readLine());
      assertTrue(Files.isDirectory(directory));
      process.toHandle().destroy();
      assertEquals("closed", out.readLine());
      process.waitFor();
      assertFalse(Files.exists(directory));
    } finally {
      process.destroyForcibly();
    }
  }
}
