package io.metanode.containers.engine;

import io.metanode.containers.config.HostConfig;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.runtime.ContainerLaunch.LogFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a container's log is bounded.
 *
 * @param maxBytes the size at which a file is rotated; -1 for no bound
 * @param maxFiles how many files are kept
 */
public record LogSettings(long maxBytes, int maxFiles) {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)i?b?");

  /** Where in a container's directory its log is. */
  public static Path path(Path containerDirectory) {
    return containerDirectory.resolve("log");
  }

  LogFile file(Path containerDirectory) {
    return new LogFile(path(containerDirectory), maxBytes, maxFiles);
  }

  /** The settings of a checked configuration; empty for {@code none}. */
  static Optional<LogSettings> of(HostConfig config) {
    try {
      return parse(config);
    } catch (ApiException e) {
      throw new IllegalStateException("the log options were checked at creation", e);
    }
  }

  /**
   * @throws ApiException 400 in Docker's words if the driver or an option is unknown or malformed
   */
  static Optional<LogSettings> parse(HostConfig config) throws ApiException {
    Map<String, String> options = config.logOptions();
    boolean local = config.logType().equals("local");
    switch (config.logType()) {
      case "none" -> {
        return Optional.empty();
      }
      case "", "json-file", "local" -> {}
      default ->
          throw ApiException.badRequest(
              "logger: no log driver named '" + config.logType() + "' is registered");
    }
    for (String option : options.keySet()) {
      switch (option) {
        case "max-size",
            "max-file",
            "compress",
            "labels",
            "labels-regex",
            "env",
            "env-regex",
            "tag",
            "mode",
            "max-buffer-size" -> {}
        default ->
            throw ApiException.badRequest(
                "unknown log opt '"
                    + option
                    + "' for "
                    + (local ? "local" : "json-file")
                    + " log driver");
      }
    }
    checkRegex(options, "labels-regex");
    checkRegex(options, "env-regex");
    long bytes = size(options.getOrDefault("max-size", local ? "20m" : "-1"));
    int files = count(options.getOrDefault("max-file", local ? "5" : "1"));
    return Optional.of(new LogSettings(bytes, files));
  }

  private static void checkRegex(Map<String, String> options, String option) throws ApiException {
    try {
      Pattern.compile(options.getOrDefault(option, ""));
    } catch (PatternSyntaxException e) {
      throw ApiException.badRequest(
          "invalid log opt '" + option + "': error parsing regexp: " + e.getDescription());
    }
  }

  private static long size(String text) throws ApiException {
    if (text.equals("-1")) {
      return -1;
    }
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw ApiException.badRequest("invalid size: '" + text + "'");
    }
    int shift = 10 * " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
    long number = Long.parseLong(matcher.group(1));
    if (number == 0 || number > Long.MAX_VALUE >> shift) {
      throw ApiException.badRequest("invalid size: '" + text + "'");
    }
    return number << shift;
  }

  private static int count(String text) throws ApiException {
    if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1) {
      throw ApiException.badRequest("max-file cannot be less than 1");
    }
    return Integer.parseInt(text);
  }
}
