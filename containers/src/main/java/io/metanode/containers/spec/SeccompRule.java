package io.metanode.containers.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One system call of the default filter, and when it counts; {@code seccomp-default.txt} explains
 * the text form.
 */
record SeccompRule(
    Condition condition, String name, Optional<Argument> argument, OptionalInt errno) {

  private static final Pattern CALL =
      Pattern.compile("(\\w+)(?:\\((\\d) (==|!=|&==) (\\d+)\\))?(?:=(\\d+))?");
  private static final Pattern CALLS = Pattern.compile("\\w+(\\([^)]*\\))?(=\\d+)?");

  /** When a rule counts. */
  sealed interface Condition {
    record Always() implements Condition {}

    record Architecture(String name) implements Condition {}

    record With(String capability) implements Condition {}

    record Without(String capability) implements Condition {}

    default boolean holds(String architecture, Set<String> capabilities) {
      return switch (this) {
        case Always() -> true;
        case Architecture(String name) -> name.equals(architecture);
        case With(String capability) -> capabilities.contains(capability);
        case Without(String capability) -> !capabilities.contains(capability);
      };
    }

    private static Condition parse(String text) {
      String[] words = text.strip().split(" ", 2);
      return switch (words[0]) {
        case "always" -> new Always();
        case "arch" -> new Architecture(words[1]);
        case "cap" -> new With(words[1]);
        case "nocap" -> new Without(words[1]);
        default -> throw new IllegalArgumentException("no such condition: " + text);
      };
    }
  }

  /** A comparison of argument {@code index}. */
  record Argument(int index, Comparison comparison, long value) {}

  /** How an argument is compared. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    NO_BIT_OF;

    private static Comparison parse(String operator) {
      return switch (operator) {
        case "==" -> EQUAL;
        case "!=" -> NOT_EQUAL;
        default -> NO_BIT_OF;
      };
    }
  }

  /** Reads a file of rules. */
  static List<SeccompRule> parse(List<String> lines) {
    List<SeccompRule> rules = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      Condition condition = Condition.parse(line.substring(0, colon));
      Matcher calls = CALLS.matcher(line.substring(colon + 1));
      while (calls.find()) {
        rules.add(rule(condition, calls.group()));
      }
    }
    return List.copyOf(rules);
  }

  private static SeccompRule rule(Condition condition, String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw new IllegalArgumentException("not a rule: " + text);
    }
    Optional<Argument> argument =
        call.group(2) == null
            ? Optional.empty()
            : Optional.of(
                new Argument(
                    Integer.parseInt(call.group(2)),
                    Comparison.parse(call.group(3)),
                    Long.parseLong(call.group(4))));
    OptionalInt errno =
        call.group(5) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(call.group(5)));
    return new SeccompRule(condition, call.group(1), argument, errno);
  }
}
