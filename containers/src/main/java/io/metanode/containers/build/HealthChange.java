package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.Arguments;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The instruction {@code HEALTHCHECK}. */
record HealthChange(ObjectNode config, Instruction step) {

  static final String[] FLAGS = {
    "interval", "timeout", "start-period", "start-interval", "retries"
  };

  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ns", Duration.ofNanos(1),
          "us", Duration.ofNanos(1000),
          "µs", Duration.ofNanos(1000),
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  String apply() throws DockerfileException {
    ObjectNode check = config.objectNode();
    duration(check, "interval", "Interval");
    duration(check, "timeout", "Timeout");
    duration(check, "start-period", "StartPeriod");
    duration(check, "start-interval", "StartInterval");
    Optional<String> retries = step.flag("retries");
    if (retries.isPresent()) {
      if (!retries.get().matches("\\d{1,9}")) {
        throw new DockerfileException("invalid retries: " + retries.get());
      }
      check.put("Retries", Integer.parseInt(retries.get()));
    }
    String[] parts = step.arguments().split("\\s+", 2);
    ArrayNode test = check.putArray("Test");
    switch (parts[0].toUpperCase(Locale.ROOT)) {
      case "NONE" -> {
        if (parts.length > 1) {
          throw new DockerfileException("HEALTHCHECK NONE takes no arguments");
        }
        test.add("NONE");
      }
      case "CMD" -> {
        if (parts.length < 2) {
          throw new DockerfileException("Missing command after HEALTHCHECK CMD");
        }
        Optional<List<String>> exec = Arguments.exec(parts[1].strip());
        test.add(exec.isPresent() ? "CMD" : "CMD-SHELL");
        exec.orElse(List.of(parts[1].strip())).forEach(test::add);
      }
      default ->
          throw new DockerfileException(
              "Unknown type \"" + parts[0] + "\" in HEALTHCHECK (try CMD)");
    }
    config.set("Healthcheck", check);
    return check.toString();
  }

  private void duration(ObjectNode check, String flag, String field) throws DockerfileException {
    Optional<String> value = step.flag(flag);
    if (value.isPresent()) {
      check.put(field, nanos(value.get()));
    }
  }

  /** A duration as Go writes it, for example {@code 1m30s}. */
  private static long nanos(String text) throws DockerfileException {
    Matcher part = DURATION_PART.matcher(text);
    double total = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      total +=
          Double.parseDouble(part.group(1))
              * UNITS.getOrDefault(part.group(2), Duration.ZERO).toNanos();
      end = part.end();
    }
    if (end == 0 || end != text.length()) {
      throw new DockerfileException("time: invalid duration \"" + text + "\"");
    }
    return (long) total;
  }
}
