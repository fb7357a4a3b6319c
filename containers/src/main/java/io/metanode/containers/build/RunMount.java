package io.metanode.containers.build;

import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code RUN --mount=…}: something a step sees and its image does not.
 *
 * @param said the flag's value, variables replaced
 * @param type {@code bind}, {@code cache}, {@code tmpfs}, {@code secret} or {@code ssh}
 * @param options the others, by their names in full
 */
record RunMount(String said, Type type, Map<String, String> options) {

  /** What is mounted. */
  enum Type {
    BIND,
    CACHE,
    TMPFS,
    SECRET,
    SSH
  }

  private static final Map<Type, Set<String>> OPTIONS =
      Map.of(
          Type.BIND, Set.of("target", "source", "from", "readonly"),
          Type.CACHE, Set.of("target", "id", "readonly", "sharing", "mode", "uid", "gid"),
          Type.TMPFS, Set.of("target", "size"),
          Type.SECRET, Set.of("target", "id", "required", "mode", "uid", "gid"),
          Type.SSH, Set.of("target", "id", "required", "mode", "uid", "gid"));

  private static final Map<String, String> SHORT =
      Map.of("dst", "target", "destination", "target", "src", "source", "ro", "readonly");

  RunMount {
    options = new LinkedHashMap<>(options);
  }

  /** Those of an instruction, in their order. */
  static List<RunMount> of(Instruction step, WordLexer lexer) throws DockerfileException {
    List<RunMount> mounts = new ArrayList<>();
    for (String flag : step.flags()) {
      if (flag.startsWith("--mount=")) {
        try {
          RunMount mount = parse(lexer.word(flag.substring("--mount=".length())));
          if (mount.type() == Type.SSH) {
            long before = mounts.stream().filter(one -> one.type() == Type.SSH).count();
            mount.options().putIfAbsent("target", "/run/buildkit/ssh_agent." + before);
          }
          mounts.add(mount);
        } catch (DockerfileException e) {
          throw e.at(step.line());
        }
      }
    }
    return mounts;
  }

  private static RunMount parse(String said) throws DockerfileException {
    Map<String, String> options = new LinkedHashMap<>();
    for (String field : said.split(",", -1)) {
      String[] pair = field.split("=", 2);
      String key = pair[0].strip().toLowerCase(Locale.ROOT);
      String value = pair.length > 1 ? pair[1] : "true";
      if (key.equals("rw") || key.equals("readwrite")) {
        key = "readonly";
        value = value.equals("true") ? "false" : "true";
      }
      options.put(SHORT.getOrDefault(key, key), value);
    }
    String name = Optional.ofNullable(options.remove("type")).orElse("bind");
    Type type = type(name);
    if (type == Type.SECRET && options.containsKey("source")) {
      options.putIfAbsent("id", options.remove("source"));
    }
    for (String key : options.keySet()) {
      if (!OPTIONS.getOrDefault(type, Set.of()).contains(key)) {
        throw new DockerfileException(
            "the option \"" + key + "\" of --mount=type=" + name + " is not supported");
      }
    }
    RunMount mount = new RunMount(said, type, options);
    if (mount.option("target").isEmpty() && type != Type.SECRET && type != Type.SSH) {
      throw new DockerfileException("--mount=type=" + name + " needs a target");
    }
    if (type == Type.SECRET && mount.option("target").isEmpty() && mount.option("id").isEmpty()) {
      throw new DockerfileException("--mount=type=secret needs an id or a target");
    }
    return mount;
  }

  private static Type type(String name) throws DockerfileException {
    return switch (name) {
      case "bind" -> Type.BIND;
      case "cache" -> Type.CACHE;
      case "tmpfs" -> Type.TMPFS;
      case "secret" -> Type.SECRET;
      case "ssh" -> Type.SSH;
      default -> throw new DockerfileException("unsupported mount type \"" + name + "\"");
    };
  }

  /** An option; empty without. */
  String option(String name) {
    return options.getOrDefault(name, "");
  }

  boolean isSet(String name, boolean otherwise) {
    return options.containsKey(name) ? option(name).equals("true") : otherwise;
  }

  /** A number of an option, octal for a mode. */
  int number(String name, int radix, int otherwise) throws DockerfileException {
    String text = option(name);
    try {
      return text.isEmpty() ? otherwise : Integer.parseUnsignedInt(text, radix);
    } catch (NumberFormatException e) {
      throw new DockerfileException("invalid " + name + " of --mount: " + text);
    }
  }

  /** The name of a cache, a secret or an SSH agent. */
  String id() {
    if (!option("id").isEmpty()) {
      return option("id");
    }
    if (type == Type.SSH) {
      return "default";
    }
    String target = option("target");
    return type == Type.CACHE ? target : target.substring(target.lastIndexOf('/') + 1);
  }

  /** Where it is seen. */
  String target(String workingDirectory) {
    String target = option("target");
    if (target.isEmpty()) {
      return "/run/secrets/" + id();
    }
    return target.startsWith("/") ? target : workingDirectory + "/" + target;
  }
}
