package io.metanode.containers.launch;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The programs of OCI seccomp configurations, each compiled once, by the library and in the way in
 * which runc compiles them at every start (libcontainer/seccomp, release 1.1).
 */
final class SeccompFilters {

  private static final int ALLOW = 0x7FFF0000;
  private static final int ERRNO = 0x00050000;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;
  private static final int FILE_MODE = 0600;

  private static final Map<String, String> ARCHITECTURES =
      Map.of("SCMP_ARCH_X86_64", "x86_64", "SCMP_ARCH_X86", "x86");

  /** In the order of enum scmp_compare. */
  private static final List<String> OPERATORS =
      List.of(
          "",
          "SCMP_CMP_NE",
          "SCMP_CMP_LT",
          "SCMP_CMP_LE",
          "SCMP_CMP_EQ",
          "SCMP_CMP_GE",
          "SCMP_CMP_GT",
          "SCMP_CMP_MASKED_EQ");

  private final Optional<SeccompLibrary> library = SeccompLibrary.load();
  private final Map<JsonNode, byte[]> programs = new ConcurrentHashMap<>();
  private final Syscalls syscalls;

  SeccompFilters(Syscalls syscalls) {
    this.syscalls = syscalls;
  }

  /**
   * The program of a {@code linux.seccomp} object; empty if there is no such object.
   *
   * @throws OutsideLauncherException if this host or this class cannot compile it
   */
  byte[] program(JsonNode seccomp) throws OutsideLauncherException, IOException {
    if (seccomp.isMissingNode()) {
      return new byte[0];
    }
    byte[] known = programs.get(seccomp);
    if (known != null) {
      return known;
    }
    SeccompLibrary compiler =
        library.orElseThrow(() -> new OutsideLauncherException("seccomp without libseccomp"));
    synchronized (this) {
      byte[] program = compile(compiler, seccomp);
      programs.put(seccomp.deepCopy(), program);
      return program;
    }
  }

  private byte[] compile(SeccompLibrary compiler, JsonNode seccomp)
      throws OutsideLauncherException, IOException {
    Fields.object(
        seccomp, "seccomp", "defaultAction", "defaultErrnoRet", "architectures", "syscalls");
    int otherwise = action(seccomp.path("defaultAction"), seccomp.path("defaultErrnoRet"));
    if ((otherwise & ERRNO) != ERRNO || otherwise == (ERRNO | ENOSYS) || otherwise == ALLOW) {
      throw new OutsideLauncherException("the default action of seccomp");
    }
    List<Integer> architectures = architectures(compiler, seccomp);
    MemorySegment filter = compiler.open(otherwise);
    Path file = Files.createTempFile("seccomp", ".bpf");
    try {
      for (int architecture : architectures) {
        require(compiler.add(filter, architecture), "architecture");
      }
      Map<Integer, Integer> last = new java.util.LinkedHashMap<>();
      for (JsonNode rule : seccomp.path("syscalls")) {
        add(compiler, filter, rule, otherwise, architectures, last);
      }
      int descriptor = syscalls.open(file, Constants.O_WRONLY, FILE_MODE);
      try {
        require(compiler.export(filter, descriptor), "program");
      } finally {
        syscalls.close(descriptor);
      }
      return UnknownCalls.before(Files.readAllBytes(file), last, ENOSYS);
    } finally {
      compiler.close(filter);
      Files.delete(file);
    }
  }

  private static List<Integer> architectures(SeccompLibrary compiler, JsonNode seccomp)
      throws OutsideLauncherException {
    Set<String> names = new LinkedHashSet<>();
    for (String name : Fields.texts(seccomp.path("architectures"))) {
      String known = ARCHITECTURES.get(name);
      require(known != null, "architecture");
      names.add(String.valueOf(known));
    }
    require(names.contains("x86_64"), "architecture");
    List<Integer> tokens = new ArrayList<>();
    for (String name : names) {
      tokens.add(compiler.architecture(name));
    }
    return tokens;
  }

  private static void add(
      SeccompLibrary compiler,
      MemorySegment filter,
      JsonNode rule,
      int otherwise,
      List<Integer> architectures,
      Map<Integer, Integer> last)
      throws OutsideLauncherException {
    Fields.object(rule, "syscalls", "names", "action", "errnoRet", "args");
    int action = action(rule.path("action"), rule.path("errnoRet"));
    List<SeccompLibrary.Comparison> comparisons = comparisons(rule.path("args"));
    for (String name : Fields.texts(rule.path("names"))) {
      for (int architecture : architectures) {
        last.merge(architecture, compiler.number(architecture, name), Math::max);
      }
      int call = compiler.number(compiler.architecture("x86_64"), name);
      if (action != otherwise && call != SeccompLibrary.NO_SYSCALL) {
        require(compiler.add(filter, action, call, comparisons), name);
      }
    }
  }

  private static List<SeccompLibrary.Comparison> comparisons(JsonNode arguments)
      throws OutsideLauncherException {
    List<SeccompLibrary.Comparison> comparisons = new ArrayList<>();
    Set<Integer> seen = new LinkedHashSet<>();
    for (JsonNode argument : arguments) {
      Fields.object(argument, "args", "index", "value", "valueTwo", "op");
      int operator = OPERATORS.indexOf(Fields.text(argument.path("op")));
      // runc takes two comparisons of one argument for alternatives.
      require(operator > 0 && seen.add(argument.path("index").asInt()), "comparison");
      comparisons.add(
          new SeccompLibrary.Comparison(
              argument.path("index").asInt(),
              operator,
              argument.path("value").bigIntegerValue(java.math.BigInteger.ZERO).longValue(),
              argument.path("valueTwo").bigIntegerValue(java.math.BigInteger.ZERO).longValue()));
    }
    return comparisons;
  }

  private static int action(JsonNode name, JsonNode errno) throws OutsideLauncherException {
    return switch (Fields.text(name)) {
      case "SCMP_ACT_ALLOW" -> ALLOW;
      case "SCMP_ACT_ERRNO" -> ERRNO | errno.asInt(EPERM);
      case String other -> throw new OutsideLauncherException("the action " + other);
    };
  }

  private static void require(boolean holds, String what) throws OutsideLauncherException {
    if (!holds) {
      throw new OutsideLauncherException("seccomp: " + what);
    }
  }
}
