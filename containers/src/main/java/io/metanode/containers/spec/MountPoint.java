package io.metanode.containers.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mount in the container's file system.
 *
 * @param type the file system type, or {@code bind}
 * @param options as mount(8) writes them
 */
public record MountPoint(String destination, String type, String source, List<String> options) {

  public MountPoint {
    options = List.copyOf(options);
  }

  /**
   * A file or directory of the host.
   *
   * @param propagation for example {@code rprivate}, which is Docker's default
   */
  public static MountPoint bind(
      String source, String destination, boolean readOnly, String propagation) {
    List<String> options = new ArrayList<>(List.of("rbind"));
    if (readOnly) {
      options.add("ro");
    }
    options.add(propagation);
    return new MountPoint(destination, "bind", source, options);
  }

  /** A file system in memory: Docker's defaults, overridden by what {@code options} say. */
  public static MountPoint tmpfs(String destination, List<String> options) {
    Map<String, String> merged = new LinkedHashMap<>();
    List.of("noexec", "nosuid", "nodev").forEach(option -> merged.put(option, option));
    for (String option : options) {
      merged.remove(opposite(option));
      merged.put(option.split("=", 2)[0], option);
    }
    return new MountPoint(destination, "tmpfs", "tmpfs", List.copyOf(merged.values()));
  }

  private static String opposite(String option) {
    return option.startsWith("no") ? option.substring(2) : "no" + option;
  }
}
