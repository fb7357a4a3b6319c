package io.metanode.containers.build.context;

import io.metanode.containers.http.ApiException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rules of a {@code .dockerignore} file: one pattern a line, the last that matches decides,
 * {@code !} takes back. A pattern matches a path and all beneath it; {@code **} matches any number
 * of directories. (Docker's reference, "dockerignore file"; moby/patternmatcher.)
 */
public final class IgnorePatterns {

  public static final IgnorePatterns NONE = new IgnorePatterns(List.of());

  private record Rule(String text, Pattern pattern, boolean keeps) {}

  private final List<Rule> rules;

  private IgnorePatterns(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a {@code .dockerignore} file.
   *
   * @throws ApiException 400 if a pattern is malformed
   */
  public static IgnorePatterns parse(String text) throws ApiException {
    List<Rule> rules = new ArrayList<>();
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (String line : unmarked.split("\r?\n", -1)) {
      String rule = line.strip();
      if (line.startsWith("#") || rule.isEmpty()) {
        continue;
      }
      boolean keeps = rule.startsWith("!");
      String pattern = keeps ? rule.substring(1).strip() : rule;
      if (pattern.isEmpty()) {
        throw ApiException.badRequest("illegal exclusion pattern: \"!\"");
      }
      String path = cleaned(pattern);
      rules.add(new Rule((keeps ? "!" : "") + path, compile(path), keeps));
    }
    return new IgnorePatterns(rules);
  }

  private static String cleaned(String pattern) {
    String path = Path.of(pattern).normalize().toString();
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return relative.isEmpty() ? "." : relative;
  }

  private static Pattern compile(String pattern) throws ApiException {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (pattern.startsWith("**", i)) {
        boolean directories = pattern.startsWith("/", i + 2);
        regex.append(directories ? "(?:.*/)?" : ".*");
        i += directories ? 2 : 1;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '\\' && i + 1 < pattern.length()) {
        regex.append(Pattern.quote(pattern.substring(i + 1, i + 2)));
        i++;
      } else if (c == '[') {
        int end = pattern.indexOf(']', i + 1);
        if (end < 0) {
          throw malformed(pattern);
        }
        regex.append(PathMatch.characterClass(pattern.substring(i + 1, end)));
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString());
    } catch (PatternSyntaxException e) {
      throw malformed(pattern);
    }
  }

  private static ApiException malformed(String pattern) {
    return ApiException.badRequest("error in .dockerignore: syntax error in pattern: " + pattern);
  }

  /** The patterns, cleaned, in their order. */
  public List<String> texts() {
    return rules.stream().map(Rule::text).toList();
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /**
   * Whether a path is left out of the context.
   *
   * @param path relative, with {@code /}
   */
  public boolean excludes(String path) {
    boolean excluded = false;
    for (Rule rule : rules) {
      if (rule.keeps() == excluded && matchesOrParent(rule.pattern(), path)) {
        excluded = !rule.keeps();
      }
    }
    return excluded;
  }

  private static boolean matchesOrParent(Pattern pattern, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (pattern.matcher(path.substring(0, end)).matches()) {
        return true;
      }
    }
    return false;
  }
}
