package io.metanode.containers.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer's status line and headers, in the making. */
final class ResponseHead {

  private final StringBuilder text = new StringBuilder(512);
  private final Map<String, String> headers = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if name or value cannot stand in a header
   */
  ResponseHead set(String name, String value) {
    if (!RequestParser.isToken(name) || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("not a header: " + name);
    }
    headers.entrySet().removeIf(entry -> entry.getKey().equalsIgnoreCase(name));
    headers.put(name, value);
    return this;
  }

  /** The bytes up to and with the empty line, with room for a body of {@code bodyLength} behind. */
  byte[] bytes(int status, String reason, byte[] body) {
    text.setLength(0);
    text.append("HTTP/1.1 ").append(status).append(' ').append(reason).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("\r\n");
    byte[] head = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    if (body.length == 0) {
      return head;
    }
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  /** The reason phrase, as Go's net/http has it, which the clients know. */
  static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 413 -> "Request Entity Too Large";
      case 416 -> "Requested Range Not Satisfiable";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status " + status;
    };
  }
}
