package io.metanode.containers.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The kernel's counters of a container's link. They are kept by the link's end on the host, where
 * what the container sends is received: the directions are exchanged here.
 */
final class LinkCounters {

  private static final String[] COUNTED = {"bytes", "packets", "errors", "dropped"};

  private LinkCounters() {}

  /**
   * @param egressCounter a file in the directory with the link's counters
   * @return by the container's view, {@code rx_bytes} and so on; empty if the link is gone
   */
  static Map<String, Long> read(Path egressCounter) throws IOException {
    Map<String, Long> counters = new LinkedHashMap<>();
    try {
      for (String counted : COUNTED) {
        counters.put("rx_" + counted, number(egressCounter.resolveSibling("tx_" + counted)));
        counters.put("tx_" + counted, number(egressCounter.resolveSibling("rx_" + counted)));
      }
      return counters;
    } catch (NoSuchFileException gone) {
      return Map.of();
    }
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
  }
}
