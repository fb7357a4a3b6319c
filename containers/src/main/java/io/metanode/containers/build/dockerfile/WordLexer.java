package io.metanode.containers.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes words apart as Docker's shell lexer does: quotes are removed, variables replaced, {@code
 * ${x:-y}}, {@code ${x:+y}} and {@code ${x:?y}} included. In single quotes nothing is replaced.
 */
public final class WordLexer {

  /** Where variables have their values from. */
  @FunctionalInterface
  public interface Variables {
    Optional<String> get(String name);
  }

  private final char escape;
  private final Variables variables;

  /**
   * @param escape {@code \} or {@code `}
   */
  public WordLexer(char escape, Variables variables) {
    this.escape = escape;
    this.variables = variables;
  }

  /** The text as one word. */
  public String word(String text) throws DockerfileException {
    return new Scan(text, Style.WORD).whole();
  }

  /** The words of a text; what unquoted variables hold is cut at blanks too. */
  public List<String> words(String text) throws DockerfileException {
    Scan scan = new Scan(text, Style.WORD);
    scan.whole();
    return scan.words();
  }

  /** Replaces variables and leaves quotes alone, as in a heredoc. */
  public String text(String text) throws DockerfileException {
    return new Scan(text, Style.TEXT).whole();
  }

  /** The words of a text, quotes left as they are. */
  public static List<String> rawWords(String text, char escape) {
    List<String> words = new ArrayList<>();
    String rest = text.strip();
    while (!rest.isEmpty()) {
      int end = rawWordEnd(rest, escape);
      words.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    return words;
  }

  /** Where the first word of a text ends. */
  static int rawWordEnd(String text, char escape) {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == escape && quote != '\'') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (Character.isWhitespace(c)) {
        return i;
      }
    }
    return text.length();
  }

  /** A word without its quotes, variables left as they are. */
  static String unquoted(String word, char escape) {
    StringBuilder plain = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == escape && quote != '\'' && i + 1 < word.length()) {
        plain.append(word.charAt(++i));
      } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote != 0 ? 0 : c;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private enum Style {
    WORD,
    TEXT
  }

  private final class Scan {

    private final String text;
    private final Style style;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    Scan(String text, Style style) {
      this.text = text;
      this.style = style;
    }

    String whole() throws DockerfileException {
      return until('\0');
    }

    List<String> words() {
      endWord();
      return words;
    }

    /** Everything up to a character that is not quoted, or to the end. */
    private String until(char stop) throws DockerfileException {
      StringBuilder out = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == stop && stop != '\0') {
          at++;
          return out.toString();
        }
        if (style == Style.WORD && c == '\'') {
          raw(out, singleQuoted());
        } else if (style == Style.WORD && c == '"') {
          raw(out, doubleQuoted());
        } else if (c == '$') {
          String value = dollar();
          out.append(value);
          split(value);
        } else if (c == escape && at + 1 < text.length() && isEscapable(text.charAt(at + 1))) {
          raw(out, text.substring(at + 1, at + 2));
          at += 2;
        } else {
          at++;
          out.append(c);
          split(String.valueOf(c));
        }
      }
      if (stop != '\0') {
        throw new DockerfileException(
            "unexpected end of statement while looking for matching \"" + stop + "\"");
      }
      return out.toString();
    }

    private boolean isEscapable(char c) {
      return style == Style.WORD || c == '$' || c == escape;
    }

    private void raw(StringBuilder out, String value) {
      out.append(value);
      word.append(value);
      inWord = true;
    }

    private void split(String value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (Character.isWhitespace(c)) {
          endWord();
        } else {
          word.append(c);
          inWord = true;
        }
      }
    }

    private void endWord() {
      if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }

    private String singleQuoted() throws DockerfileException {
      int end = text.indexOf('\'', at + 1);
      if (end < 0) {
        throw new DockerfileException(
            "unexpected end of statement while looking for matching single-quote");
      }
      String quoted = text.substring(at + 1, end);
      at = end + 1;
      return quoted;
    }

    private String doubleQuoted() throws DockerfileException {
      StringBuilder out = new StringBuilder();
      at++;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return out.toString();
        }
        if (c == '$') {
          out.append(dollar());
        } else if (c == escape && at + 1 < text.length() && isQuotable(text.charAt(at + 1))) {
          out.append(text.charAt(at + 1));
          at += 2;
        } else {
          out.append(c);
          at++;
        }
      }
      throw new DockerfileException(
          "unexpected end of statement while looking for matching double-quote");
    }

    private boolean isQuotable(char c) {
      return c == '"' || c == '$' || c == escape;
    }

    private String dollar() throws DockerfileException {
      at++;
      if (at < text.length() && text.charAt(at) == '{') {
        at++;
        return braced();
      }
      String name = name();
      return name.isEmpty() ? "$" : variables.get(name).orElse("");
    }

    private String braced() throws DockerfileException {
      String name = name();
      if (name.isEmpty()) {
        throw new DockerfileException("bad substitution: \"" + text + "\"");
      }
      if (at >= text.length()) {
        throw new DockerfileException("syntax error: missing '}'");
      }
      Optional<String> value = variables.get(name);
      char c = text.charAt(at++);
      if (c == '}') {
        return value.orElse("");
      }
      boolean emptyCounts = c == ':';
      char modifier = emptyCounts && at < text.length() ? text.charAt(at++) : c;
      String operand = operand();
      boolean isSet = value.isPresent() && !(emptyCounts && value.get().isEmpty());
      return switch (modifier) {
        case '-' -> isSet ? value.get() : operand;
        case '+' -> isSet ? operand : "";
        case '?' -> {
          if (!isSet) {
            throw new DockerfileException(
                name + ": " + (operand.isEmpty() ? "is not allowed to be unset" : operand));
          }
          yield value.get();
        }
        default ->
            throw new DockerfileException(
                "unsupported modifier (" + modifier + ") in substitution");
      };
    }

    private String operand() throws DockerfileException {
      // What the operand holds is part of the value, and not of the words yet.
      Scan inner = new Scan(text, style);
      inner.at = at;
      String operand = inner.until('}');
      at = inner.at;
      return operand;
    }

    private String name() {
      int start = at;
      if (at < text.length() && "@*#?-$!0".indexOf(text.charAt(at)) >= 0) {
        at++;
      } else {
        boolean digits = at < text.length() && Character.isDigit(text.charAt(at));
        while (at < text.length() && isNamed(text.charAt(at), digits)) {
          at++;
        }
      }
      return text.substring(start, at);
    }

    private static boolean isNamed(char c, boolean digits) {
      return digits ? Character.isDigit(c) : c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
  }
}
