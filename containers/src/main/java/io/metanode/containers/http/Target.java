package io.metanode.containers.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request target, decoded.
 *
 * @param version the version its path begins with, where it has one
 * @param path the path after the version
 * @param query each parameter's values in order
 */
record Target(Optional<String> version, String path, Map<String, List<String>> query) {

  static Target parse(String raw) throws HttpSyntaxException {
    if (!raw.startsWith("/")) {
      throw HttpSyntaxException.malformed("the target must be a path");
    }
    int mark = raw.indexOf('?');
    String path = decode(mark < 0 ? raw : raw.substring(0, mark), false);
    Map<String, List<String>> query = mark < 0 ? Map.of() : query(raw.substring(mark + 1));
    int end = path.indexOf('/', 1);
    if (isVersion(path) && end > 0) {
      return new Target(Optional.of(path.substring(2, end)), path.substring(end), query);
    }
    return new Target(Optional.empty(), path, query);
  }

  private static boolean isVersion(String path) {
    return path.length() > 2
        && path.startsWith("/v")
        && path.charAt(2) >= '0'
        && path.charAt(2) <= '9';
  }

  private static Map<String, List<String>> query(String text) throws HttpSyntaxException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return values;
  }

  /** Percent-decodes to UTF-8; a plus is a space in queries only. */
  static String decode(String text, boolean plusIsSpace) throws HttpSyntaxException {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(octet(text, i));
        i += 2;
      } else {
        bytes.write(c == '+' && plusIsSpace ? ' ' : c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int octet(String text, int at) throws HttpSyntaxException {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0 || (high == 0 && low == 0)) {
      throw HttpSyntaxException.malformed("bad percent-encoding");
    }
    return high * 16 + low;
  }
}
