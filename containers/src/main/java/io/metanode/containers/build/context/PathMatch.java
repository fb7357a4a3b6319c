package io.metanode.containers.build.context;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Go's {@code filepath.Match}, by which {@code COPY} and {@code ADD} choose files. */
public final class PathMatch {

  private PathMatch() {}

  /** Whether a text has a character that makes it a pattern. */
  public static boolean isPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /** The pattern compiled; it matches whole paths. Empty if it is malformed. */
  public static Optional<Pattern> compile(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = pattern.indexOf(']', i + 2);
          if (end < 0) {
            return Optional.empty();
          }
          regex.append(characterClass(pattern.substring(i + 1, end)));
          i = end;
        }
        case '\\' -> {
          if (i + 1 >= pattern.length()) {
            return Optional.empty();
          }
          regex.append(Pattern.quote(pattern.substring(i + 1, i + 2)));
          i++;
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Optional.of(Pattern.compile(regex.toString()));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /** A class of characters as Java writes it, from what Go has between brackets. */
  static String characterClass(String inside) {
    StringBuilder regex = new StringBuilder("[");
    int start = 0;
    if (inside.startsWith("^")) {
      regex.append("^/");
      start = 1;
    }
    for (int i = start; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c == '[' || c == '&' || c == '^') {
        regex.append('\\');
      }
      regex.append(c);
    }
    return regex.append(']').toString();
  }
}
