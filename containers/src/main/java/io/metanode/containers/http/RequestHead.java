package io.metanode.containers.http;

import java.util.List;
import java.util.OptionalLong;

/**
 * A request without its body.
 *
 * @param minorVersion the x of HTTP/1.x
 * @param contentLength the body's length, where the head says it
 * @param chunked whether the body is chunked
 */
record RequestHead(
    String method,
    String target,
    int minorVersion,
    Headers headers,
    OptionalLong contentLength,
    boolean chunked) {

  private static final int LENGTH_DIGITS = 18;

  /**
   * Settles how long the body is (RFC 9112, section 6), refusing what two readers could differ on.
   */
  static RequestHead of(String method, String target, int minorVersion, Headers headers)
      throws HttpSyntaxException {
    List<String> lengths = headers.values("Content-Length").distinct().toList();
    List<String> codings = headers.values("Transfer-Encoding").toList();
    if (!codings.isEmpty()) {
      checkCodings(codings, lengths, minorVersion);
      return new RequestHead(method, target, minorVersion, headers, OptionalLong.empty(), true);
    }
    if (lengths.size() > 1) {
      throw HttpSyntaxException.malformed("different Content-Length headers");
    }
    if (minorVersion > 0 && headers.values("Host").count() != 1) {
      throw HttpSyntaxException.malformed("exactly one Host header is required");
    }
    OptionalLong length =
        lengths.isEmpty() ? OptionalLong.empty() : OptionalLong.of(length(lengths.getFirst()));
    return new RequestHead(method, target, minorVersion, headers, length, false);
  }

  private static void checkCodings(List<String> codings, List<String> lengths, int minorVersion)
      throws HttpSyntaxException {
    if (!lengths.isEmpty()) {
      throw HttpSyntaxException.malformed("both Content-Length and Transfer-Encoding");
    }
    if (minorVersion == 0) {
      throw HttpSyntaxException.malformed("Transfer-Encoding in HTTP/1.0");
    }
    if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new HttpSyntaxException(501, "unsupported transfer encoding");
    }
  }

  private static long length(String text) throws HttpSyntaxException {
    if (text.isEmpty()
        || text.length() > LENGTH_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw HttpSyntaxException.malformed("bad Content-Length");
    }
    return Long.parseLong(text);
  }

  boolean keepAlive() {
    return minorVersion > 0
        ? !headers.holds("Connection", "close")
        : headers.holds("Connection", "keep-alive");
  }

  boolean expectsContinue() {
    return minorVersion > 0 && headers.holds("Expect", "100-continue");
  }

  boolean hasBody() {
    return chunked || contentLength.orElse(0) > 0;
  }
}
