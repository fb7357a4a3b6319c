package io.metanode.containers.cgroup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a container's control groups are, in each hierarchy at the same place: a child, named by
 * the container's id, of the engine's own group or of one a client chose (docs/decisions/0259).
 *
 * @param parent the path of the chosen group from the hierarchy's root, {@code a/b}; the empty text
 *     for the root itself; empty for the engine's own
 */
public record ContainerGroup(String containerId, Optional<String> parent) {

  /** What the kernel allows a name (Linux, NAME_MAX). */
  private static final int MOST_NAME_BYTES = 255;

  /** So that it fits a path with what comes before and after it. */
  private static final int MOST_PATH_BYTES = 2048;

  /**
   * @param parent as clients give it, absolute or relative, which means the same here; empty for
   *     the engine's own
   * @throws IllegalArgumentException in words for the client, if it is no path of a group
   */
  public static ContainerGroup of(String containerId, String parent) {
    return new ContainerGroup(
        containerId, parent.isEmpty() ? Optional.empty() : Optional.of(normal(parent)));
  }

  private static String normal(String text) {
    if (bytes(text) > MOST_PATH_BYTES) {
      throw invalid(text, "it is longer than " + MOST_PATH_BYTES + " bytes");
    }
    if (text.indexOf('\0') >= 0 || text.indexOf('\n') >= 0) {
      throw invalid(text, "it has a character that no group's name can have");
    }
    List<String> names = new ArrayList<>();
    for (String name : text.split("/", -1)) {
      if (name.equals("..")) {
        throw invalid(text, "it may not lead upwards with \"..\"");
      }
      if (bytes(name) > MOST_NAME_BYTES) {
        throw invalid(text, "a name in it is longer than " + MOST_NAME_BYTES + " bytes");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static IllegalArgumentException invalid(String text, String why) {
    return new IllegalArgumentException("invalid cgroup parent \"" + text + "\": " + why);
  }

  /**
   * Its path from the hierarchy's root.
   *
   * @param own the engine's group
   */
  String path(String own) {
    String above = parent.orElse(own);
    return above.isEmpty() ? containerId : above + "/" + containerId;
  }
}
