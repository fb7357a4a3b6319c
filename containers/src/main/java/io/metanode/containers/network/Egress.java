package io.metanode.containers.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The bytes a container has sent in a run, over all its links.
 *
 * @param goneBytes what links that are gone had counted
 * @param counters the files with the counts of those there are
 */
public record Egress(long goneBytes, List<Path> counters) {

  public static final Egress NONE = new Egress(0, List.of());

  public Egress {
    counters = List.copyOf(counters);
  }

  /** Whether anything is counted. */
  public boolean counted() {
    return goneBytes > 0 || !counters.isEmpty();
  }

  /**
   * The sum now.
   *
   * @throws IOException if a counter is gone, as it is with the container's namespace
   */
  public long read() throws IOException {
    long sum = goneBytes;
    for (Path counter : counters) {
      try {
        sum += Long.parseLong(Files.readString(counter, StandardCharsets.US_ASCII).strip());
      } catch (NumberFormatException e) {
        throw new IOException(counter + " holds no number", e);
      }
    }
    return sum;
  }
}
