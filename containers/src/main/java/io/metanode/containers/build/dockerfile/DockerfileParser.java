package io.metanode.containers.build.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a Dockerfile into instructions. The rules are those of Docker's reference ("Format", "Parser
 * directives", "Here-documents"): comment lines are dropped, within continued lines too; a line
 * that ends with the escape character goes on in the next.
 */
final class DockerfileParser {

  private static final int MOST_BYTES = 4 << 20;
  private static final Pattern DIRECTIVE =
      Pattern.compile("^#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*$");
  private static final Pattern HEREDOC = Pattern.compile("^(\\d*)<<(-?)([^<]*)$");
  private static final Set<String> DIRECTIVES = Set.of("escape", "syntax", "check");
  private static final Set<String> WITH_HEREDOCS = Set.of("RUN", "COPY", "ADD");
  private static final Set<String> KEYWORDS =
      Set.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private final String[] lines;
  private int next;
  private char escape = '\\';

  DockerfileParser(String text) throws DockerfileException {
    if (text.length() > MOST_BYTES) {
      throw new DockerfileException("the Dockerfile is larger than " + MOST_BYTES + " bytes");
    }
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    lines = unmarked.split("\r?\n", -1);
  }

  char escape() {
    return escape;
  }

  List<Instruction> instructions() throws DockerfileException {
    directives();
    List<Instruction> instructions = new ArrayList<>();
    while (next < lines.length) {
      String first = lines[next++].stripLeading();
      int line = next;
      if (!first.isEmpty() && !first.startsWith("#")) {
        String joined = joined(first);
        if (!joined.isBlank()) {
          instructions.add(withHeredocs(read(joined, line, escape), line));
        }
      }
    }
    return instructions;
  }

  private void directives() throws DockerfileException {
    Set<String> seen = new HashSet<>();
    while (next < lines.length) {
      Matcher directive = DIRECTIVE.matcher(lines[next].strip());
      if (!directive.matches()) {
        return;
      }
      String name = directive.group(1).toLowerCase(Locale.ROOT);
      if (!DIRECTIVES.contains(name)) {
        return;
      }
      next++;
      if (!seen.add(name)) {
        throw new DockerfileException("only one " + name + " parser directive can be used")
            .at(next);
      }
      if (name.equals("escape")) {
        if (!directive.group(2).equals("\\") && !directive.group(2).equals("`")) {
          throw new DockerfileException(
                  "invalid ESCAPE '" + directive.group(2) + "'. Must be ` or \\")
              .at(next);
        }
        escape = directive.group(2).charAt(0);
      }
    }
  }

  /** The line and those it is continued in. */
  private String joined(String first) {
    StringBuilder joined = new StringBuilder();
    int end = continued(first);
    joined.append(first, 0, end < 0 ? first.length() : end);
    while (end >= 0 && next < lines.length) {
      String more = lines[next++];
      if (more.isBlank() || more.stripLeading().startsWith("#")) {
        continue;
      }
      end = continued(more);
      joined.append(more, 0, end < 0 ? more.length() : end);
    }
    return joined.toString().strip();
  }

  /** Where the escape character that continues a line stands; -1 if none does. */
  private int continued(String line) {
    String stripped = line.stripTrailing();
    return !stripped.isEmpty() && stripped.charAt(stripped.length() - 1) == escape
        ? stripped.length() - 1
        : -1;
  }

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toUpperCase(Locale.ROOT));
  }

  /** Reads one instruction from its joined line; without heredocs. */
  static Instruction read(String joined, int line, char escape) throws DockerfileException {
    String[] parts = joined.split("\\s+", 2);
    String keyword = parts[0].toUpperCase(Locale.ROOT);
    if (!isKeyword(keyword)) {
      throw new DockerfileException("unknown instruction: " + parts[0]).at(line);
    }
    String rest = parts.length > 1 ? parts[1].strip() : "";
    List<String> flags = new ArrayList<>();
    // An ONBUILD's flags are its trigger's.
    while (rest.startsWith("--") && !keyword.equals("ONBUILD")) {
      int end = WordLexer.rawWordEnd(rest, escape);
      String word = rest.substring(0, end);
      rest = rest.substring(end).strip();
      if (word.equals("--")) {
        break;
      }
      flags.add(WordLexer.unquoted(word, escape));
    }
    boolean mayBeEmpty = keyword.equals("CMD") || keyword.equals("ENTRYPOINT");
    if (rest.isEmpty() && !mayBeEmpty) {
      throw new DockerfileException(keyword + " requires at least one argument").at(line);
    }
    String original = keyword + joined.substring(parts[0].length());
    return new Instruction(line, keyword, original, flags, rest, List.of());
  }

  private Instruction withHeredocs(Instruction instruction, int line) throws DockerfileException {
    boolean trigger =
        instruction.keyword().equals("ONBUILD")
            && WITH_HEREDOCS.contains(
                instruction.arguments().split("\\s+", 2)[0].toUpperCase(Locale.ROOT));
    if (!instruction.arguments().contains("<<")
        || !(trigger || WITH_HEREDOCS.contains(instruction.keyword()))) {
      return instruction;
    }
    List<Heredoc> heredocs = new ArrayList<>();
    for (String word : WordLexer.rawWords(instruction.arguments(), escape)) {
      Matcher named = HEREDOC.matcher(word);
      if (named.matches() && !named.group(3).isEmpty()) {
        String name = WordLexer.unquoted(named.group(3), escape);
        boolean chomps = !named.group(2).isEmpty();
        String content = heredoc(name, chomps, line);
        heredocs.add(new Heredoc(name, name.equals(named.group(3)), chomps, content));
      }
    }
    if (trigger && !heredocs.isEmpty()) {
      throw new DockerfileException("ONBUILD with a heredoc is not supported").at(line);
    }
    return new Instruction(
        line,
        instruction.keyword(),
        instruction.original(),
        instruction.flags(),
        instruction.arguments(),
        heredocs);
  }

  private String heredoc(String name, boolean chomps, int line) throws DockerfileException {
    StringBuilder content = new StringBuilder();
    while (next < lines.length) {
      String text = lines[next++];
      if ((chomps ? text.replaceFirst("^\t+", "") : text).equals(name)) {
        return content.toString();
      }
      content.append(text).append('\n');
    }
    throw new DockerfileException("unterminated heredoc").at(line);
  }
}
