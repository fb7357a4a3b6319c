package io.metanode.containers.engine;

import io.metanode.containers.network.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's counters of a container's links. They are kept by a link's end on the host, where
 * what the container sends is received: the directions are exchanged here.
 */
final class LinkCounters {

  private static final Path LINKS = Path.of("/sys/class/net");
  private static final String[] COUNTED = {"bytes", "packets", "errors", "dropped"};

  private LinkCounters() {}

  /** By the containers' view, {@code rx_bytes} and so on, of each link that is there. */
  static Map<String, Map<String, Long>> read(List<Endpoint> endpoints) throws IOException {
    Map<String, Map<String, Long>> counters = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.hostInterface().isEmpty()) {
        Map<String, Long> found = read(endpoint);
        if (!found.isEmpty()) {
          counters.put(endpoint.link(), found);
        }
      }
    }
    return counters;
  }

  private static Map<String, Long> read(Endpoint endpoint) throws IOException {
    Path directory = LINKS.resolve(endpoint.hostInterface()).resolve("statistics");
    Map<String, Long> counters = new LinkedHashMap<>();
    try {
      for (String counted : COUNTED) {
        counters.put("rx_" + counted, number(directory.resolve("tx_" + counted)));
        counters.put("tx_" + counted, number(directory.resolve("rx_" + counted)));
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
