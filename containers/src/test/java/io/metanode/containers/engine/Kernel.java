package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a kernel counts of containers, and remembers of all their runs: counters begin at zero with
 * each run, CPU time stands until the groups are removed, and bytes sent go with the network.
 */
final class Kernel {

  /** One run. */
  private static final class Counters {
    private long cpuNanos;
    private long egressBytes;
    private boolean runs = true;
  }

  private final Path directory;
  private final Map<String, Counters> runs = new HashMap<>();
  private long cpuNanos;
  private long egressBytes;
  private boolean obeys = true;

  Kernel(Path directory) {
    this.directory = directory;
  }

  /** All CPU time that was ever counted. */
  long cpuNanos() {
    return cpuNanos;
  }

  /** All bytes that were ever counted. */
  long egressBytes() {
    return egressBytes;
  }

  void started(String container) {
    runs.put(container, new Counters());
    write(container, 0);
  }

  /** A container that runs does something. */
  void works(String container, long nanos, long bytes) {
    Counters counters = runs.get(container);
    if (counters != null && counters.runs) {
      counters.cpuNanos += nanos;
      counters.egressBytes += bytes;
      cpuNanos += nanos;
      egressBytes += bytes;
      write(container, counters.egressBytes);
    }
  }

  /** The bytes the run sent, which its shim reads last. */
  long ended(String container) {
    Counters counters = runs.get(container);
    if (counters == null) {
      return 0;
    }
    counters.runs = false;
    try {
      Files.deleteIfExists(file(container));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counters.egressBytes;
  }

  /** Whether the engine lives: a dead one removes nothing any more. */
  void obeys(boolean lives) {
    obeys = lives;
  }

  void removed(String container) {
    if (obeys) {
      runs.remove(container);
    }
  }

  Optional<Cgroups.Reading> read(String container) {
    return Optional.ofNullable(runs.get(container))
        .map(counters -> FakeHost.reading(counters.cpuNanos, 0, 0));
  }

  Optional<Path> egressCounter(String container) {
    return Optional.of(file(container));
  }

  private Path file(String container) {
    return directory.resolve(container + ".egress");
  }

  private void write(String container, long bytes) {
    try {
      Files.writeString(file(container), Long.toString(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
