package io.metanode.containers.network;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user said of a network's addresses, in the user's own spelling: clients compare it with
 * what they would say now, to find out whether a network has changed.
 *
 * @param options of the driver that chooses addresses, which has none; empty if nothing was said
 */
public record AskedAddresses(Optional<Map<String, String>> options, List<Part> parts) {

  /** Nothing was said. */
  public static final AskedAddresses NONE = new AskedAddresses(Optional.empty(), List.of());

  /**
   * One subnet.
   *
   * @param range the part of it to choose from; empty for all
   * @param gateway empty for the engine's choice
   * @param reserved addresses that are never chosen, by what their owners are called
   */
  public record Part(String subnet, String range, String gateway, Map<String, String> reserved) {

    public Part {
      reserved = Map.copyOf(reserved);
    }

    boolean six() {
      return subnet.indexOf(':') >= 0;
    }
  }

  public AskedAddresses {
    options = options.map(Map::copyOf);
    parts = List.copyOf(parts);
  }

  /** What was said of IPv4, or of IPv6. */
  public Collection<Part> of(boolean six) {
    return parts.stream().filter(part -> part.six() == six).toList();
  }
}
