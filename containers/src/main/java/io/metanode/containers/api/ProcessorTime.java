package io.metanode.containers.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The time the host's processors have spent, from {@code /proc/stat}.
 *
 * @param nanos since the host started, on all processors, idle time too, in nanoseconds
 * @param processors how many are on line
 */
record ProcessorTime(long nanos, int processors) {

  private static final Path FILE = Path.of("/proc/stat");
  private static final long NANOS_PER_TICK = 10_000_000;

  /** User, nice, system, idle, iowait, irq and softirq, as Docker adds them up. */
  private static final int FIELDS = 7;

  static ProcessorTime read() throws IOException {
    return parse(Files.readAllLines(FILE, StandardCharsets.US_ASCII));
  }

  static ProcessorTime parse(List<String> lines) {
    long ticks = 0;
    int processors = 0;
    for (String line : lines) {
      String[] words = line.strip().split(" +", -1);
      if (words[0].equals("cpu")) {
        for (int i = 1; i <= FIELDS && i < words.length; i++) {
          ticks += Long.parseLong(words[i]);
        }
      } else if (words[0].matches("cpu\\d+")) {
        processors++;
      }
    }
    return new ProcessorTime(ticks * NANOS_PER_TICK, processors);
  }
}
