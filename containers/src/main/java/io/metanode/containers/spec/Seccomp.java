package io.metanode.containers.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code linux.seccomp} object of an OCI configuration. */
final class Seccomp {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int EPERM = 1;
  private static final String ALLOW = "SCMP_ACT_ALLOW";
  private static final String ERRNO = "SCMP_ACT_ERRNO";
  private static final String ARCHITECTURE =
      System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  private static final List<SeccompRule> DEFAULTS = load();
  private static final Map<Key, ObjectNode> BUILT = new ConcurrentHashMap<>();

  private Seccomp() {}

  /**
   * Docker names all three x86 tables. runc compiles the filter for each on every start, 5 ms of
   * CPU time apiece, and a call by a table the kernel does not have fails with or without a filter.
   */
  static List<String> architectures(boolean x32, boolean ia32) {
    if (ARCHITECTURE.equals("arm64")) {
      return List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM");
    }
    List<String> tables = new ArrayList<>(List.of("SCMP_ARCH_X86_64"));
    if (ia32) {
      tables.add("SCMP_ARCH_X86");
    }
    if (x32) {
      tables.add("SCMP_ARCH_X32");
    }
    return List.copyOf(tables);
  }

  private record Key(List<String> tables, Set<String> capabilities) {}

  /** Docker's default filter for a container with these capabilities. */
  static ObjectNode defaults(List<String> tables, List<String> capabilities) {
    return BUILT
        .computeIfAbsent(
            new Key(tables, Set.copyOf(capabilities)),
            key -> defaults(ARCHITECTURE, key.tables(), key.capabilities()))
        .deepCopy();
  }

  static ObjectNode defaults(String architecture, List<String> tables, Set<String> capabilities) {
    ObjectNode profile = skeleton(tables);
    ArrayNode calls = profile.putArray("syscalls");
    ArrayNode plain = calls.addObject().put("action", ALLOW).putArray("names");
    Set<String> names = new TreeSet<>();
    for (SeccompRule rule : DEFAULTS) {
      if (!rule.condition().holds(architecture, capabilities)) {
        continue;
      }
      if (rule.argument().isEmpty() && rule.errno().isEmpty()) {
        names.add(rule.name());
      } else {
        add(calls.addObject(), rule);
      }
    }
    names.forEach(plain::add);
    return profile;
  }

  private static void add(ObjectNode entry, SeccompRule rule) {
    entry.putArray("names").add(rule.name());
    if (rule.errno().isPresent()) {
      entry.put("action", ERRNO).put("errnoRet", rule.errno().getAsInt());
      return;
    }
    entry.put("action", ALLOW);
    SeccompRule.Argument argument = rule.argument().orElseThrow();
    ObjectNode comparison = entry.putArray("args").addObject();
    comparison.put("index", argument.index()).put("value", argument.value());
    comparison.put(
        "op",
        switch (argument.comparison()) {
          case EQUAL -> "SCMP_CMP_EQ";
          case NOT_EQUAL -> "SCMP_CMP_NE";
          case NO_BIT_OF -> "SCMP_CMP_MASKED_EQ";
        });
  }

  private static ObjectNode skeleton(List<String> tables) {
    ObjectNode profile = JSON.createObjectNode();
    profile.put("defaultAction", ERRNO).put("defaultErrnoRet", EPERM);
    OciProcess.addAll(profile.putArray("architectures"), tables);
    return profile;
  }

  /**
   * A profile in Docker's form, with {@code archMap}, {@code includes} and {@code excludes}, as the
   * runtime takes it.
   */
  static ObjectNode given(ObjectNode profile, List<String> tables, List<String> capabilities) {
    ObjectNode result = skeleton(tables);
    result.set("defaultAction", profile.path("defaultAction"));
    result.remove("defaultErrnoRet");
    for (String kept : List.of("defaultErrnoRet", "flags", "architectures")) {
      if (profile.has(kept)) {
        result.set(kept, profile.get(kept));
      }
    }
    ArrayNode calls = result.putArray("syscalls");
    for (JsonNode rule : profile.path("syscalls")) {
      if (applies(rule, Set.copyOf(capabilities))) {
        calls.add(withoutConditions(rule));
      }
    }
    return result;
  }

  private static boolean applies(JsonNode rule, Set<String> capabilities) {
    JsonNode includes = rule.path("includes");
    JsonNode excludes = rule.path("excludes");
    Set<String> required = texts(includes.path("caps"));
    Set<String> on = texts(includes.path("arches"));
    return capabilities.containsAll(required)
        && (on.isEmpty() || on.contains(ARCHITECTURE))
        && texts(excludes.path("caps")).stream().noneMatch(capabilities::contains)
        && !texts(excludes.path("arches")).contains(ARCHITECTURE);
  }

  private static ObjectNode withoutConditions(JsonNode rule) {
    ObjectNode copy = (ObjectNode) rule.deepCopy();
    if (copy.has("name")) {
      copy.putArray("names").add(copy.get("name"));
    }
    return copy.without(List.of("name", "includes", "excludes", "comment"));
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  private static List<SeccompRule> load() {
    try (InputStream text = Seccomp.class.getResourceAsStream("seccomp-default.txt")) {
      if (text == null) {
        throw new IllegalStateException("seccomp-default.txt is missing from this build");
      }
      return SeccompRule.parse(new String(text.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
