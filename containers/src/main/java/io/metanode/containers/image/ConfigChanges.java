package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes an image's {@code config} by the Dockerfile instructions that {@code docker import} and
 * {@code docker commit} take with {@code --change}.
 */
public final class ConfigChanges {

  private static final Pattern PORT =
      Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");
  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");

  private final ObjectNode config;

  private ConfigChanges(ObjectNode config) {
    this.config = config;
  }

  /**
   * Applies instructions in order.
   *
   * @throws ApiException 400 if one is not an instruction that changes the configuration
   */
  public static void apply(ObjectNode config, List<String> instructions) throws ApiException {
    ConfigChanges changes = new ConfigChanges(config);
    for (String text : instructions) {
      for (String line : text.split("\n", -1)) {
        if (!line.isBlank()) {
          changes.apply(line.strip());
        }
      }
    }
  }

  private void apply(String line) throws ApiException {
    String[] parts = line.split("\\s+", 2);
    String name = parts[0].toUpperCase(Locale.ROOT);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    if (rest.isEmpty() && !name.equals("CMD") && !name.equals("ENTRYPOINT")) {
      throw ApiException.badRequest(name + " requires at least one argument");
    }
    switch (name) {
      case "CMD" -> list("Cmd", InstructionWords.command(rest));
      case "ENTRYPOINT" -> list("Entrypoint", InstructionWords.command(rest));
      case "ENV" -> InstructionWords.pairs(name, rest).forEach(this::environment);
      case "LABEL" ->
          InstructionWords.pairs(name, rest)
              .forEach((key, value) -> object("Labels").put(key, value));
      case "EXPOSE" -> expose(rest);
      case "VOLUME" -> volumes(rest);
      case "USER" -> config.put("User", rest);
      case "WORKDIR" -> workingDirectory(rest);
      case "STOPSIGNAL" -> config.put("StopSignal", rest);
      case "ONBUILD" -> onBuild(rest);
      case "HEALTHCHECK" -> healthCheck(rest);
      default ->
          throw ApiException.badRequest(
              parts[0].toLowerCase(Locale.ROOT) + " is not a valid change command");
    }
  }

  private ObjectNode object(String field) {
    return config.path(field) instanceof ObjectNode present ? present : config.putObject(field);
  }

  private ArrayNode array(String field) {
    return config.path(field) instanceof ArrayNode present ? present : config.putArray(field);
  }

  private void list(String field, List<String> values) {
    ArrayNode array = config.putArray(field);
    values.forEach(array::add);
  }

  private void environment(String key, String value) {
    List<String> environment = new ArrayList<>(JsonFields.texts(config, "Env"));
    String entry = key + "=" + value;
    int at = -1;
    for (int i = 0; i < environment.size(); i++) {
      at = environment.get(i).startsWith(key + "=") ? i : at;
    }
    if (at >= 0) {
      environment.set(at, entry);
    } else {
      environment.add(entry);
    }
    list("Env", environment);
  }

  private void expose(String rest) throws ApiException {
    for (String word : InstructionWords.split(rest)) {
      Matcher port = PORT.matcher(word);
      if (!port.matches()) {
        throw ApiException.badRequest("invalid containerPort: " + word);
      }
      int first = Integer.parseInt(port.group(1));
      int last = port.group(2) == null ? first : Integer.parseInt(port.group(2));
      if (first < 1 || last < first || last > 65_535) {
        throw ApiException.badRequest("invalid containerPort: " + word);
      }
      String protocol = port.group(3) == null ? "tcp" : port.group(3);
      for (int number = first; number <= last; number++) {
        object("ExposedPorts").putObject(number + "/" + protocol);
      }
    }
  }

  private void volumes(String rest) throws ApiException {
    List<String> json = InstructionWords.jsonList(rest);
    for (String path : json.isEmpty() ? InstructionWords.split(rest) : json) {
      if (path.isBlank()) {
        throw ApiException.badRequest("VOLUME specified can not be an empty string");
      }
      object("Volumes").putObject(path);
    }
  }

  private void workingDirectory(String rest) {
    String before = JsonFields.text(config, "WorkingDir");
    String joined = rest.startsWith("/") ? rest : (before.isEmpty() ? "/" : before) + "/" + rest;
    config.put("WorkingDir", java.nio.file.Path.of("/", joined).normalize().toString());
  }

  private void onBuild(String rest) throws ApiException {
    String trigger = rest.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    if (List.of("ONBUILD", "FROM", "MAINTAINER").contains(trigger)) {
      throw ApiException.badRequest(trigger + " isn't allowed as an ONBUILD trigger");
    }
    array("OnBuild").add(rest);
  }

  private void healthCheck(String rest) throws ApiException {
    String left = rest;
    ObjectNode check = config.objectNode();
    while (left.startsWith("--")) {
      String[] parts = left.split("\\s+", 2);
      option(check, parts[0].substring(2));
      left = parts.length > 1 ? parts[1] : "";
    }
    String[] parts = left.split("\\s+", 2);
    String kind = parts[0].toUpperCase(Locale.ROOT);
    ArrayNode test = check.putArray("Test");
    if (kind.equals("NONE")) {
      test.add("NONE");
    } else if (kind.equals("CMD") && parts.length == 2) {
      List<String> exec = InstructionWords.jsonList(parts[1].strip());
      test.add(exec.isEmpty() ? "CMD-SHELL" : "CMD");
      (exec.isEmpty() ? List.of(parts[1].strip()) : exec).forEach(test::add);
    } else {
      throw ApiException.badRequest("Unknown type \"" + parts[0] + "\" in HEALTHCHECK (try CMD)");
    }
    config.set("Healthcheck", check);
  }

  private static void option(ObjectNode check, String option) throws ApiException {
    String[] pair = option.split("=", 2);
    String value = pair.length == 2 ? pair[1] : "";
    switch (pair[0]) {
      case "interval" -> check.put("Interval", nanos(value));
      case "timeout" -> check.put("Timeout", nanos(value));
      case "start-period" -> check.put("StartPeriod", nanos(value));
      case "start-interval" -> check.put("StartInterval", nanos(value));
      case "retries" -> {
        if (!value.matches("\\d{1,9}")) {
          throw ApiException.badRequest("invalid retries: " + value);
        }
        check.put("Retries", Integer.parseInt(value));
      }
      default -> throw ApiException.badRequest("Unknown flag: " + pair[0]);
    }
  }

  /** A duration as Go writes it, for example {@code 1m30s}. */
  private static long nanos(String text) throws ApiException {
    Matcher part = DURATION_PART.matcher(text);
    double total = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      total += Double.parseDouble(part.group(1)) * unitNanos(part.group(2));
      end = part.end();
    }
    if (end == 0 || end != text.length()) {
      throw ApiException.badRequest("time: invalid duration \"" + text + "\"");
    }
    return (long) total;
  }

  private static long unitNanos(String unit) {
    Map<String, Duration> units =
        Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1000),
            "µs", Duration.ofNanos(1000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1));
    return units.getOrDefault(unit, Duration.ZERO).toNanos();
  }
}
