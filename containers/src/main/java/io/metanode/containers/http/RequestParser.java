package io.metanode.containers.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads request heads (RFC 9112). Strict where leniency lets two readers see different requests:
 * lines end with CR LF, no bare CR, no folded headers, no space before a colon.
 */
final class RequestParser {

  /** The most bytes of a request line and its headers. */
  static final int HEAD_LIMIT = 64 * 1024;

  private static final int HEADER_COUNT_LIMIT = 256;
  private static final int LEADING_EMPTY_LINES = 4;
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

  private final InputStream input;
  private final byte[] line = new byte[HEAD_LIMIT];
  private int budget;

  RequestParser(InputStream input) {
    this.input = input;
  }

  /**
   * Reads the next request's head; empty if the peer closed before its first byte.
   *
   * @throws HttpSyntaxException if it is malformed or too large, or ends early
   */
  Optional<RequestHead> next() throws IOException {
    budget = HEAD_LIMIT;
    int length = requestLine();
    if (length < 0) {
      return Optional.empty();
    }
    String requestLine = new String(line, 0, length, StandardCharsets.ISO_8859_1);
    int first = requestLine.indexOf(' ');
    int last = requestLine.lastIndexOf(' ');
    if (first < 1 || last == first || requestLine.indexOf(' ', first + 1) != last) {
      throw HttpSyntaxException.malformed("bad request line");
    }
    String method = requestLine.substring(0, first);
    String target = requestLine.substring(first + 1, last);
    if (!isToken(method) || !target.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw HttpSyntaxException.malformed("bad request line");
    }
    int minor = minorVersion(requestLine.substring(last + 1));
    return Optional.of(RequestHead.of(method, target, minor, headers()));
  }

  /** Reads header or trailer lines up to the empty one. */
  Headers headers() throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    for (int length = line(); length != 0; length = line()) {
      if (length < 0) {
        throw HttpSyntaxException.malformed("it ends within its headers");
      }
      if (fields.size() == HEADER_COUNT_LIMIT) {
        throw tooLarge();
      }
      fields.add(field(new String(line, 0, length, StandardCharsets.ISO_8859_1)));
    }
    return new Headers(fields);
  }

  /** Reads trailers, which have a budget of their own. */
  void trailers() throws IOException {
    budget = HEAD_LIMIT;
    headers();
  }

  private int requestLine() throws IOException {
    int length = line();
    for (int i = 0; length == 0 && i < LEADING_EMPTY_LINES; i++) {
      length = line();
    }
    return length;
  }

  private static int minorVersion(String version) throws HttpSyntaxException {
    return switch (version) {
      case "HTTP/1.1" -> 1;
      case "HTTP/1.0" -> 0;
      default ->
          throw version.startsWith("HTTP/")
              ? new HttpSyntaxException(505, "HTTP version not supported")
              : HttpSyntaxException.malformed("bad request line");
    };
  }

  private static Headers.Field field(String text) throws HttpSyntaxException {
    int colon = text.indexOf(':');
    if (colon < 1 || !isToken(text.substring(0, colon))) {
      throw HttpSyntaxException.malformed("bad header line");
    }
    String value = text.substring(colon + 1).strip();
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f))) {
      throw HttpSyntaxException.malformed("control character in a header");
    }
    return new Headers.Field(text.substring(0, colon), value);
  }

  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_SYMBOLS.indexOf(c) >= 0);
  }

  /** Reads a line into the buffer; its length without CR LF, or -1 at the end of the stream. */
  private int line() throws IOException {
    int length = 0;
    while (true) {
      int next = input.read();
      if (next < 0) {
        if (length > 0) {
          throw HttpSyntaxException.malformed("it ends within a line");
        }
        return -1;
      }
      if (budget-- <= 0) {
        throw tooLarge();
      }
      if (next == '\r') {
        budget--;
        if (input.read() != '\n') {
          throw HttpSyntaxException.malformed("carriage return without line feed");
        }
        return length;
      }
      if (next == '\n' || next == 0) {
        throw HttpSyntaxException.malformed("stray line feed or NUL");
      }
      line[length++] = (byte) next;
    }
  }

  private static HttpSyntaxException tooLarge() {
    return new HttpSyntaxException(431, "request line and headers exceed " + HEAD_LIMIT + " bytes");
  }
}
