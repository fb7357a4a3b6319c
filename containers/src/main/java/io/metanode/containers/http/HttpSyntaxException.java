package io.metanode.containers.http;

import java.io.IOException;

/** A request that is not HTTP/1.1 as served here; the connection ends after the answer. */
final class HttpSyntaxException extends IOException {

  private final int status;

  HttpSyntaxException(int status, String message) {
    super(message);
    this.status = status;
  }

  static HttpSyntaxException malformed(String what) {
    return new HttpSyntaxException(400, "malformed request: " + what);
  }

  /** The HTTP status to answer with. */
  int status() {
    return status;
  }
}
