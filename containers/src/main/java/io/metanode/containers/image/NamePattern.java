package io.metanode.containers.image;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Shell patterns over names, as Go's {@code path.Match}: {@code *} and {@code ?} stop at a slash,
 * {@code [a-z]} and {@code [^a-z]} are classes, a backslash quotes.
 */
final class NamePattern {

  private final Pattern pattern;

  private NamePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  static NamePattern of(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = text.indexOf(']', i + 1);
          if (end < 0) {
            return never();
          }
          regex.append(text, i, end + 1);
          i = end;
        }
        case '\\' -> {
          if (++i == text.length()) {
            return never();
          }
          regex.append(Pattern.quote(text.substring(i, i + 1)));
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return new NamePattern(Pattern.compile(regex.toString()));
    } catch (PatternSyntaxException e) {
      return never();
    }
  }

  private static NamePattern never() {
    return new NamePattern(Pattern.compile("(?!)"));
  }

  /** Whether a name matches, with its tag or without it. */
  boolean matches(ImageReference reference) {
    return pattern.matcher(reference.familiar()).matches()
        || pattern.matcher(reference.familiarName()).matches();
  }
}
