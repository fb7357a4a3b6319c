package io.metanode.containers.build.dockerfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forms that arguments of instructions come in. */
public final class Arguments {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Arguments() {}

  /** {@code ["a", "b"]}, the exec form; empty if the text is anything else. */
  public static Optional<List<String>> exec(String text) {
    if (!text.startsWith("[")) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      List<String> words = new ArrayList<>();
      for (JsonNode element : json) {
        if (!element.isString()) {
          return Optional.empty();
        }
        words.add(element.stringValue());
      }
      return Optional.of(List.copyOf(words));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** {@code key=value …}, or the old form {@code key value with blanks}; variables replaced. */
  public static Map<String, String> pairs(Instruction instruction, char escape, WordLexer lexer)
      throws DockerfileException {
    Map<String, String> pairs = new LinkedHashMap<>();
    List<String> words = WordLexer.rawWords(instruction.arguments(), escape);
    String keyword = instruction.keyword();
    if (words.getFirst().indexOf('=') < 0) {
      String[] parts = instruction.arguments().split("\\s+", 2);
      if (parts.length < 2) {
        throw new DockerfileException(keyword + " must have two arguments").at(instruction.line());
      }
      pairs.put(name(lexer.word(parts[0]), instruction), lexer.word(parts[1]));
      return pairs;
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new DockerfileException(
                "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value")
            .at(instruction.line());
      }
      pairs.put(
          name(lexer.word(word.substring(0, equals)), instruction),
          lexer.word(word.substring(equals + 1)));
    }
    return pairs;
  }

  private static String name(String name, Instruction instruction) throws DockerfileException {
    if (name.isEmpty()) {
      throw new DockerfileException(instruction.keyword() + " names can not be blank")
          .at(instruction.line());
    }
    return name;
  }
}
