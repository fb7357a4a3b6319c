package io.metanode.containers.image;

import io.metanode.containers.http.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The arguments of a Dockerfile instruction. */
final class InstructionWords {

  private InstructionWords() {}

  /** Words separated by blanks; quotes group, a backslash takes the next character as it is. */
  static List<String> split(String text) throws ApiException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw ApiException.badRequest("unexpected end of statement while looking for matching quote");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** {@code key=value …}, or the old form {@code key value with blanks}. */
  static Map<String, String> pairs(String instruction, String text) throws ApiException {
    Map<String, String> pairs = new LinkedHashMap<>();
    String first = text.split("\\s", 2)[0];
    if (first.indexOf('=') < 0) {
      String[] parts = text.split("\\s+", 2);
      if (parts.length < 2 || parts[0].isEmpty()) {
        throw ApiException.badRequest(instruction + " must have two arguments");
      }
      pairs.put(parts[0], parts[1].strip());
      return pairs;
    }
    for (String word : split(text)) {
      int equals = word.indexOf('=');
      if (equals <= 0) {
        throw ApiException.badRequest(
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
      }
      pairs.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return pairs;
  }

  /** {@code ["a", "b"]} as a list; anything else as one command for {@code /bin/sh -c}. */
  static List<String> command(String text) {
    List<String> exec = jsonList(text);
    if (!exec.isEmpty() || text.strip().equals("[]")) {
      return exec;
    }
    return text.isEmpty() ? List.of() : List.of("/bin/sh", "-c", text);
  }

  /** The strings of a JSON array; empty if the text is none. */
  static List<String> jsonList(String text) {
    if (!text.startsWith("[")) {
      return List.of();
    }
    try {
      JsonNode json = JsonFields.MAPPER.readTree(text);
      List<String> words = new ArrayList<>();
      for (JsonNode element : json) {
        if (!element.isString()) {
          return List.of();
        }
        words.add(element.stringValue());
      }
      return words;
    } catch (JacksonException e) {
      return List.of();
    }
  }
}
