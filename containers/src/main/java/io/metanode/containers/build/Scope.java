package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The {@code ARG}s that are known at a place of a Dockerfile. Those before the first {@code FROM}
 * are known to {@code FROM} alone, and give stages that declare them again their values.
 */
final class Scope {

  /** Known without being declared, and no part of what makes steps differ. */
  private static final Set<String> PROXIES =
      Set.of(
          "HTTP_PROXY",
          "http_proxy",
          "HTTPS_PROXY",
          "https_proxy",
          "FTP_PROXY",
          "ftp_proxy",
          "NO_PROXY",
          "no_proxy",
          "ALL_PROXY",
          "all_proxy");

  private final Map<String, Optional<String>> given;
  private final Map<String, String> outer;
  private final Set<String> consumed;
  private final Map<String, Optional<String>> declared = new LinkedHashMap<>();

  private Scope(
      Map<String, Optional<String>> given, Map<String, String> outer, Set<String> consumed) {
    this.given = given;
    this.outer = outer;
    this.consumed = consumed;
  }

  /**
   * The scope of {@code FROM} instructions.
   *
   * @param given by the client
   * @param platform values that stages may declare, such as {@code TARGETARCH}
   */
  static Scope global(Map<String, Optional<String>> given, Map<String, String> platform) {
    Scope scope = new Scope(given, platform, new LinkedHashSet<>());
    platform.forEach((name, value) -> scope.declared.put(name, Optional.of(value)));
    return scope;
  }

  /** The scope of a stage, which begins with nothing declared. */
  Scope stage() {
    Map<String, String> values = new LinkedHashMap<>(outer);
    declared.forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
    return new Scope(given, values, consumed);
  }

  /** Declares what an {@code ARG} names; returns what the history says of it. */
  String declare(Instruction step, char escape, WordLexer lexer) throws DockerfileException {
    step.allowFlags();
    List<String> said = new ArrayList<>();
    for (String word : WordLexer.rawWords(step.arguments(), escape)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (name.isEmpty()) {
        throw new DockerfileException("ARG names can not be blank").at(step.line());
      }
      Optional<String> preset =
          equals < 0
              ? Optional.ofNullable(outer.get(name))
              : Optional.of(lexer.word(word.substring(equals + 1)));
      Optional<String> asked = given.getOrDefault(name, Optional.empty());
      if (given.containsKey(name)) {
        consumed.add(name);
      }
      declared.put(name, asked.isPresent() ? asked : preset);
      said.add(equals < 0 ? name : name + "=" + preset.orElse(""));
    }
    return "ARG " + String.join(" ", said);
  }

  Optional<String> get(String name) {
    Optional<String> value = declared.getOrDefault(name, Optional.empty());
    return value.isPresent() || !PROXIES.contains(name)
        ? value
        : given.getOrDefault(name, Optional.empty());
  }

  /** What steps that run are given beside the environment, sorted: {@code name=value}. */
  List<String> environment() {
    TreeMap<String, String> values = new TreeMap<>();
    for (String proxy : PROXIES) {
      given.getOrDefault(proxy, Optional.empty()).ifPresent(value -> values.put(proxy, value));
    }
    declared.forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
    return entries(values);
  }

  /** Of these, what makes a step another step. */
  List<String> distinguishing() {
    TreeMap<String, String> values = new TreeMap<>();
    declared.forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
    return entries(values);
  }

  private static List<String> entries(Map<String, String> values) {
    return values.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList();
  }

  /** What the client gave and no instruction declared. */
  List<String> unused() {
    return given.keySet().stream()
        .filter(name -> !consumed.contains(name) && !PROXIES.contains(name))
        .sorted()
        .toList();
  }
}
