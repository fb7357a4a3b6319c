package io.metanode.containers.engine;

import io.metanode.containers.cgroup.Cgroups;
import io.metanode.foundation.Clock;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a kernel counts of containers, and remembers of all their runs: counters begin at zero with
 * each run, CPU time stands until the groups are removed, and bytes sent go with the network. A run
 * holds the same memory from its begin to its end, and what a container has written grows evenly
 * from its first run on: so whatever moments they are read at, the means over intervals must add up
 * to what was held, to the last byte-nanosecond.
 */
final class Kernel {

  /** One run. */
  private static final class Counters {
    private long cpuNanos;
    private long egressBytes;
    private boolean runs = true;
    private boolean memoryWasRead;
    private final Instant since;
    private final long memoryBytes;

    private Counters(Instant since, long memoryBytes) {
      this.since = since;
      this.memoryBytes = memoryBytes;
    }
  }

  /** What a container has written. */
  private record Written(Instant since, long bytesPerNano) {
    long at(Instant now) {
      return 2 * bytesPerNano * Duration.between(since, now).toNanos();
    }
  }

  private final Path directory;
  private final Clock clock;
  private final Gen gen;
  private final Map<String, Written> written = new HashMap<>();
  private final Map<String, BigInteger> memoryByteNanos = new HashMap<>();
  private Runnable afterStart = () -> {};
  private final Map<String, Counters> runs = new HashMap<>();
  private long cpuNanos;
  private long egressBytes;
  private boolean obeys = true;

  Kernel(Path directory, Clock clock, Gen gen) {
    this.directory = directory;
    this.clock = clock;
    this.gen = gen;
  }

  /** Does something when a process has started and nobody was told of it. */
  void afterStart(Runnable action) {
    afterStart = action;
  }

  /**
   * Memory held over time by a container's runs; of a run that ended before it was ever read
   * nothing is known.
   */
  BigInteger memoryByteNanos(String container) {
    return memoryByteNanos.getOrDefault(container, BigInteger.ZERO);
  }

  /** Storage held over time up to a moment, from the container's first run on. */
  BigInteger storageByteNanos(String container, Instant until) {
    Written growth = written.get(container);
    return growth == null
        ? BigInteger.ZERO
        : BigInteger.valueOf(growth.at(until))
            .multiply(BigInteger.valueOf(Duration.between(growth.since(), until).toNanos()))
            .shiftRight(1);
  }

  long writtenBytes(String container) {
    Written growth = written.get(container);
    return growth == null ? 0 : growth.at(clock.now());
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
    runs.put(container, new Counters(clock.now(), 2 * gen.between(0, 1L << 30)));
    written.putIfAbsent(container, new Written(clock.now(), gen.between(0, 1)));
    write(container, 0);
    afterStart.run();
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
    if (counters.runs && counters.memoryWasRead) {
      long nanos = Duration.between(counters.since, clock.now()).toNanos();
      memoryByteNanos.merge(
          container,
          BigInteger.valueOf(counters.memoryBytes).multiply(BigInteger.valueOf(nanos)),
          BigInteger::add);
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
    Counters counters = runs.get(container);
    if (counters == null) {
      return Optional.empty();
    }
    counters.memoryWasRead |= counters.runs;
    long memory = counters.runs ? counters.memoryBytes : 0;
    return Optional.of(FakeHost.reading(counters.cpuNanos, memory, 0));
  }

  Path egressCounter(String container) {
    return file(container);
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
