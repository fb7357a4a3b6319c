package io.metanode.containers.api;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.engine.Container;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code docker logs --details} puts before each line: the labels and variables that the log
 * options {@code labels}, {@code labels-regex}, {@code env} and {@code env-regex} choose.
 */
final class LogDetails {

  private LogDetails() {}

  /** {@code key=value,key=value } by the order of keys, escaped as in a form; a blank for none. */
  static String of(Container container) {
    HostConfig host = container.definition().hostConfig();
    Map<String, String> options = host.logOptions();
    Map<String, String> chosen = new TreeMap<>();
    choose(chosen, container.definition().config().labels(), options, "labels");
    choose(chosen, variables(container), options, "env");
    return chosen.entrySet().stream()
        .map(entry -> escaped(entry.getKey()) + "=" + escaped(entry.getValue()))
        .collect(Collectors.joining(",", "", " "));
  }

  private static Map<String, String> variables(Container container) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : container.definition().config().environment()) {
      String[] parts = variable.split("=", 2);
      if (parts.length == 2) {
        variables.put(parts[0], parts[1]);
      }
    }
    return variables;
  }

  private static void choose(
      Map<String, String> chosen,
      Map<String, String> from,
      Map<String, String> options,
      String option) {
    List<String> names = List.of(options.getOrDefault(option, "").split(",", -1));
    String regex = options.getOrDefault(option + "-regex", "");
    Predicate<String> matches = regex.isEmpty() ? _ -> false : Pattern.compile(regex).asPredicate();
    from.forEach(
        (name, value) -> {
          if (names.contains(name) || matches.test(name)) {
            chosen.put(name, value);
          }
        });
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }
}
