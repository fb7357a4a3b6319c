package io.metanode.containers.bundle;

import io.metanode.containers.config.ContainerConfig;
import io.metanode.containers.config.ExecConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables a process gets: Docker's own where nothing else sets them. */
final class Environment {

  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Environment() {}

  /**
   * @param linked what links to other containers set
   * @param home the user's home directory
   */
  static List<String> of(
      ContainerConfig config, boolean terminal, List<String> linked, String home) {
    List<String> base = new ArrayList<>(List.of(PATH, "HOSTNAME=" + config.hostname()));
    if (terminal) {
      base.add("TERM=xterm");
    }
    base.addAll(linked);
    return merged(base, config.environment(), home);
  }

  static List<String> of(
      ContainerConfig config, ExecConfig exec, List<String> linked, String home) {
    List<String> base = of(config, exec.terminal(), linked, home);
    // The home is the exec's user's, unless a variable says otherwise.
    if (config.environment().stream().noneMatch(variable -> variable.startsWith("HOME="))) {
      base.removeIf(variable -> variable.startsWith("HOME="));
    }
    return merged(base, exec.environment(), home);
  }

  private static List<String> merged(List<String> base, List<String> over, String home) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String variable : base) {
      byName.put(name(variable), variable);
    }
    for (String variable : over) {
      if (variable.indexOf('=') < 0) {
        byName.remove(variable);
      } else {
        byName.put(name(variable), variable);
      }
    }
    // As runc has it, a home that was left empty is none.
    byName.merge("HOME", "HOME=" + home, (set, own) -> set.equals("HOME=") ? own : set);
    return new ArrayList<>(byName.values());
  }

  private static String name(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 ? variable : variable.substring(0, equals);
  }
}
