package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.Arguments;
import io.metanode.containers.build.dockerfile.Dockerfile;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.JsonFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes an image's {@code config} by Dockerfile instructions: those of a build, and those that
 * {@code docker import} and {@code docker commit} take with {@code --change}.
 */
public final class ConfigChanges {

  static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  private static final Pattern PORT =
      Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

  private final ObjectNode config;
  private final char escape;
  private final WordLexer lexer;
  private boolean commandSet;

  /**
   * @param config changed in place
   * @param variables what is known beside the configuration's own environment, which goes first
   */
  ConfigChanges(ObjectNode config, char escape, WordLexer.Variables variables) {
    this.config = config;
    this.escape = escape;
    this.lexer =
        new WordLexer(
            escape,
            name -> {
              Optional<String> own = variable(JsonFields.texts(config, "Env"), name);
              return own.isPresent() ? own : variables.get(name);
            });
  }

  /** The last value of a variable among {@code name=value}. */
  static Optional<String> variable(List<String> environment, String name) {
    return environment.stream()
        .filter(entry -> entry.startsWith(name + "="))
        .map(entry -> entry.substring(name.length() + 1))
        .reduce((first, second) -> second);
  }

  /**
   * Applies instructions in order.
   *
   * @throws ApiException 400 if one is not an instruction that changes the configuration
   */
  public static void apply(ObjectNode config, List<String> instructions) throws ApiException {
    ConfigChanges changes = new ConfigChanges(config, '\\', _ -> Optional.empty());
    try {
      for (String text : instructions) {
        if (!text.isBlank()) {
          String word = text.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
          if (!Dockerfile.isKeyword(word)) {
            throw ApiException.badRequest(word + " is not a valid change command");
          }
          // The first line only opens the file, so that the parser takes what follows.
          Dockerfile opened = Dockerfile.parse("FROM scratch\n" + text);
          if (opened.stages().size() > 1) {
            throw ApiException.badRequest("from is not a valid change command");
          }
          for (Instruction step : opened.stages().getFirst().steps()) {
            changes.apply(step);
          }
        }
      }
    } catch (DockerfileException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  WordLexer lexer() {
    return lexer;
  }

  /**
   * Applies one.
   *
   * @return what the image's history says of it
   */
  String apply(Instruction step) throws DockerfileException {
    String keyword = step.keyword();
    step.allowFlags(keyword.equals("HEALTHCHECK") ? HealthChange.FLAGS : new String[0]);
    String rest = step.arguments();
    String said =
        switch (keyword) {
          case "CMD" -> {
            commandSet = true;
            List<String> words = list("Cmd", command(rest));
            if (words.isEmpty()) {
              config.remove("Cmd");
            }
            yield quoted(words);
          }
          case "ENTRYPOINT" -> {
            if (!commandSet) {
              config.remove("Cmd");
            }
            yield quoted(list("Entrypoint", command(rest)));
          }
          case "SHELL" ->
              quoted(
                  list(
                      "Shell",
                      Arguments.exec(rest)
                          .filter(words -> !words.isEmpty())
                          .orElseThrow(
                              () ->
                                  new DockerfileException(
                                          "SHELL requires the arguments to be in JSON form")
                                      .at(step.line()))));
          case "ENV" -> environment(Arguments.pairs(step, escape, lexer));
          case "LABEL" -> labels(Arguments.pairs(step, escape, lexer));
          case "EXPOSE" -> expose(step);
          case "VOLUME" -> volumes(step);
          case "USER" -> text("User", lexer.word(rest));
          case "WORKDIR" -> workingDirectory(lexer.word(rest));
          case "STOPSIGNAL" -> text("StopSignal", lexer.word(rest));
          case "ONBUILD" -> onBuild(step);
          case "HEALTHCHECK" -> new HealthChange(config, step).apply();
          default ->
              throw new DockerfileException(
                  keyword.toLowerCase(Locale.ROOT) + " is not a valid change command");
        };
    return keyword + " " + said;
  }

  private ObjectNode object(String field) {
    return config.path(field) instanceof ObjectNode present ? present : config.putObject(field);
  }

  private List<String> list(String field, List<String> values) {
    ArrayNode array = config.putArray(field);
    values.forEach(array::add);
    return values;
  }

  private String text(String field, String value) {
    config.put(field, value);
    return value;
  }

  /** As Go prints a list of strings with {@code %q}. */
  static String quoted(List<String> words) {
    List<String> quoted = new ArrayList<>();
    words.forEach(word -> quoted.add(JsonFields.MAPPER.writeValueAsString(word)));
    return "[" + String.join(" ", quoted) + "]";
  }

  /** The shell that runs what is not in exec form. */
  List<String> shell() {
    List<String> shell = JsonFields.texts(config, "Shell");
    return shell.isEmpty() ? DEFAULT_SHELL : shell;
  }

  private List<String> command(String text) {
    Optional<List<String>> exec = Arguments.exec(text);
    if (exec.isPresent() || text.isEmpty()) {
      return exec.orElse(List.of());
    }
    List<String> words = new ArrayList<>(shell());
    words.add(text);
    return words;
  }

  private String environment(Map<String, String> pairs) {
    List<String> said = new ArrayList<>();
    List<String> environment = new ArrayList<>(JsonFields.texts(config, "Env"));
    pairs.forEach(
        (key, value) -> {
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
          said.add(entry);
        });
    list("Env", environment);
    return String.join(" ", said);
  }

  private String labels(Map<String, String> pairs) {
    List<String> said = new ArrayList<>();
    pairs.forEach(
        (key, value) -> {
          object("Labels").put(key, value);
          said.add(key + "=" + value);
        });
    return String.join(" ", said);
  }

  private String expose(Instruction step) throws DockerfileException {
    SortedSet<String> ports = new TreeSet<>();
    for (String word : lexer.words(step.arguments())) {
      Matcher port = PORT.matcher(word.toLowerCase(Locale.ROOT));
      int first = port.matches() ? Integer.parseInt(port.group(1)) : 0;
      int last = first > 0 && port.group(2) != null ? Integer.parseInt(port.group(2)) : first;
      if (first < 1 || last < first || last > 65_535) {
        throw new DockerfileException("invalid containerPort: " + word);
      }
      String protocol = port.group(3) == null ? "tcp" : port.group(3);
      for (int number = first; number <= last; number++) {
        ports.add(number + "/" + protocol);
      }
    }
    // In one order: the same ports are the same step, however they are written.
    SortedSet<String> all = new TreeSet<>(object("ExposedPorts").propertyNames());
    all.addAll(ports);
    ObjectNode sorted = config.putObject("ExposedPorts");
    all.forEach(sorted::putObject);
    return String.join(" ", ports);
  }

  private String volumes(Instruction step) throws DockerfileException {
    Optional<List<String>> exec = Arguments.exec(step.arguments());
    List<String> paths = new ArrayList<>();
    for (String raw :
        exec.isPresent() ? exec.get() : WordLexer.rawWords(step.arguments(), escape)) {
      String path = lexer.word(raw);
      if (path.isBlank()) {
        throw new DockerfileException("VOLUME specified can not be an empty string");
      }
      object("Volumes").putObject(path);
      paths.add(path);
    }
    return "[" + String.join(" ", paths) + "]";
  }

  private String workingDirectory(String path) {
    String before = JsonFields.text(config, "WorkingDir");
    String joined = path.startsWith("/") ? path : (before.isEmpty() ? "/" : before) + "/" + path;
    return text("WorkingDir", Path.of("/", joined).normalize().toString());
  }

  private String onBuild(Instruction step) throws DockerfileException {
    String rest = step.arguments();
    String trigger = rest.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    if (trigger.equals("ONBUILD")) {
      throw new DockerfileException("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
    }
    if (trigger.equals("FROM") || trigger.equals("MAINTAINER")) {
      throw new DockerfileException(trigger + " isn't allowed as an ONBUILD trigger");
    }
    ArrayNode triggers =
        config.path("OnBuild") instanceof ArrayNode present ? present : config.putArray("OnBuild");
    triggers.add(rest);
    return rest;
  }
}
