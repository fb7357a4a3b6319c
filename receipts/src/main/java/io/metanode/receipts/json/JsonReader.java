package io.metanode.receipts.json;

import io.metanode.receipts.json.JsonException.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads JSON strictly: RFC 8259 with integers only, no member twice, bounded size and depth. */
public final class JsonReader {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_DIGITS = 19;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads a value and demands that its bytes are the canonical ones.
   *
   * @param most the largest size accepted, in bytes
   */
  public static Json canonical(byte[] bytes, int most) throws JsonException {
    Json value = read(bytes, most);
    if (!Arrays.equals(new JsonBytes(bytes.length).value(value).toByteArray(), bytes)) {
      throw new JsonException(Fault.NOT_CANONICAL, "not the canonical form of RFC 8785");
    }
    return value;
  }

  /**
   * Reads a value.
   *
   * @param most the largest size accepted, in bytes
   */
  public static Json read(byte[] bytes, int most) throws JsonException {
    if (bytes.length > most) {
      throw new JsonException(Fault.TOO_LARGE, bytes.length + " bytes, at most " + most);
    }
    JsonReader reader = new JsonReader(decode(bytes));
    Json value = reader.value(0);
    reader.blanks();
    if (reader.at != reader.text.length()) {
      throw reader.broken("text after the value");
    }
    return value;
  }

  private static String decode(byte[] bytes) throws JsonException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException(Fault.NOT_UTF8, String.valueOf(e.getMessage()));
    }
  }

  private JsonException broken(String what) {
    return new JsonException(Fault.NOT_JSON, what + " at character " + at);
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws JsonException {
    blanks();
    if (at == text.length()) {
      throw broken("the text ends early");
    }
    return text.charAt(at);
  }

  private boolean take(char expected) throws JsonException {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  private void need(char expected) throws JsonException {
    if (!take(expected)) {
      throw broken("expected '" + expected + "'");
    }
  }

  private Json value(int depth) throws JsonException {
    if (depth > MAX_DEPTH) {
      throw new JsonException(Fault.TOO_DEEP, "more than " + MAX_DEPTH + " levels");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Str(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private Json word(String word, Json value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw broken("expected " + word);
    }
    at += word.length();
    return value;
  }

  private Json object(int depth) throws JsonException {
    need('{');
    SequencedMap<String, Json> members = new LinkedHashMap<>();
    if (take('}')) {
      return new Json.Obj(members);
    }
    do {
      peek();
      String name = string();
      need(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw new JsonException(Fault.DUPLICATE_MEMBER, name);
      }
    } while (take(','));
    need('}');
    return new Json.Obj(members);
  }

  private Json array(int depth) throws JsonException {
    need('[');
    List<Json> elements = new ArrayList<>();
    if (take(']')) {
      return new Json.Arr(elements);
    }
    do {
      elements.add(value(depth + 1));
    } while (take(','));
    need(']');
    return new Json.Arr(elements);
  }

  private Json number() throws JsonException {
    int from = at;
    if (text.charAt(at) == '-') {
      at++;
    }
    int digits = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == digits || (text.charAt(digits) == '0' && at - digits > 1)) {
      throw broken("expected a value");
    }
    if (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
      throw new JsonException(Fault.NOT_AN_INTEGER, "at character " + from);
    }
    try {
      if (at - digits <= MAX_DIGITS) {
        return new Json.Num(Long.parseLong(text, from, at, 10));
      }
    } catch (NumberFormatException e) {
      throw new JsonException(Fault.NOT_AN_INTEGER, "beyond 64 bits at character " + from);
    }
    throw new JsonException(Fault.NOT_AN_INTEGER, "beyond 64 bits at character " + from);
  }

  private String string() throws JsonException {
    need('"');
    StringBuilder value = new StringBuilder();
    while (true) {
      if (at == text.length()) {
        throw broken("the string does not end");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c < 0x20) {
        throw broken("a control character in a string");
      }
      value.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws JsonException {
    if (at == text.length()) {
      throw broken("the string does not end");
    }
    char c = text.charAt(at++);
    if (c == 'u') {
      return unicode();
    }
    int letter = "\"\\/bfnrt".indexOf(c);
    if (letter < 0) {
      throw broken("an unknown escape");
    }
    return "\"\\/\b\f\n\r\t".charAt(letter);
  }

  private char unicode() throws JsonException {
    if (at + 4 > text.length()) {
      throw broken("the string does not end");
    }
    int point = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text.charAt(at++), 16);
      if (digit < 0) {
        throw broken("an unknown escape");
      }
      point = (point << 4) | digit;
    }
    return (char) point;
  }
}
