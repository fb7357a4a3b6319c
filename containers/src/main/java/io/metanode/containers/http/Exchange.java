package io.metanode.containers.http;

import io.metanode.foundation.Clock;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request on a connection, and its answer. */
final class Exchange implements HttpExchange {

  private static final byte[] NOTHING = {};
  private static final int HIJACKED_BODY_LIMIT = 64 * 1024;

  private final RequestHead head;
  private final Target target;
  private final ApiVersion version;
  private final Map<String, String> parameters;
  private final Wire wire;
  private final RequestBody body;
  private final ResponseHead response;
  private boolean answered;
  private boolean hijacked;
  private boolean keepAlive;
  private @Nullable ChunkedOutput streamed;

  /** The connection beneath. */
  record Wire(
      Link channel, ConnectionInput input, ConnectionOutput output, Actor actor, Clock clock) {}

  Exchange(
      RequestHead head,
      Target target,
      ApiVersion version,
      Map<String, String> parameters,
      Wire wire,
      RequestBody body,
      ResponseHead response) {
    this.head = head;
    this.target = target;
    this.version = version;
    this.parameters = parameters;
    this.wire = wire;
    this.body = body;
    this.response = response;
    this.keepAlive = head.keepAlive();
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public ApiVersion version() {
    return version;
  }

  @Override
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return queries(name).stream().findFirst();
  }

  @Override
  public List<String> queries(String name) {
    return target.query().getOrDefault(name, List.of());
  }

  @Override
  public boolean flag(String name, boolean ifAbsent) {
    return query(name)
        .map(
            value ->
                switch (value.strip().toLowerCase(Locale.ROOT)) {
                  case "", "0", "no", "false", "none" -> false;
                  default -> true;
                })
        .orElse(ifAbsent);
  }

  @Override
  public Optional<String> header(String name) {
    return head.headers().first(name);
  }

  @Override
  public Actor actor() {
    return wire.actor();
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public JsonNode json() throws ApiException, IOException {
    String type = header("Content-Type").orElse("application/json");
    if (head.hasBody() && !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw ApiException.badRequest(
          "unsupported Content-Type header (" + type + "): must be 'application/json'");
    }
    return Json.body(body);
  }

  @Override
  public void responseHeader(String name, String value) {
    response.set(name, value);
  }

  @Override
  public void send(int status, JsonNode content) throws IOException {
    send(status, "application/json", Json.line(content));
  }

  @Override
  public void send(int status) throws IOException {
    send(status, Optional.empty(), NOTHING);
  }

  @Override
  public void send(int status, String contentType, byte[] content) throws IOException {
    send(status, Optional.of(contentType), content);
  }

  private void send(int status, Optional<String> contentType, byte[] content) throws IOException {
    answer();
    settleKeepAlive();
    contentType.ifPresent(type -> response.set("Content-Type", type));
    if (status != 204 && status != 304) {
      response.set("Content-Length", Integer.toString(content.length));
    }
    boolean bodiless = status == 204 || status == 304 || method().equals("HEAD");
    wire.output.write(
        response.bytes(status, ResponseHead.reason(status), bodiless ? NOTHING : content));
  }

  @Override
  public OutputStream stream(int status, String contentType) throws IOException {
    answer();
    boolean framed = head.minorVersion() > 0;
    keepAlive &= framed;
    settleKeepAlive();
    response.set("Content-Type", contentType);
    if (framed) {
      response.set("Transfer-Encoding", "chunked");
    }
    wire.output.write(response.bytes(status, ResponseHead.reason(status), NOTHING));
    if (method().equals("HEAD")) {
      return OutputStream.nullOutputStream();
    }
    streamed = new ChunkedOutput(wire.output, framed);
    return streamed;
  }

  @Override
  public Hijacked hijack(String contentType) throws IOException {
    skipBody();
    answer();
    hijacked = true;
    keepAlive = false;
    response.set("Content-Type", contentType);
    boolean upgrade = header("Upgrade").isPresent();
    if (upgrade) {
      response.set("Connection", "Upgrade").set("Upgrade", "tcp");
    }
    int status = upgrade ? 101 : 200;
    wire.output.write(response.bytes(status, upgrade ? "UPGRADED" : "OK", NOTHING));
    return new Hijacked(wire.input, new HeadStart(wire.output, wire.clock), wire.channel);
  }

  /** A body of known length is the request's, as dockerode sends one, and not what comes after. */
  private void skipBody() throws IOException {
    if (head.contentLength().orElse(0) > HIJACKED_BODY_LIMIT) {
      throw bodyTooLong();
    }
    if (head.contentLength().isPresent()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Another protocol begins where the request ends, in chunks or not. */
  private void skipWholeBody() throws IOException {
    if (body.readNBytes(HIJACKED_BODY_LIMIT + 1).length > HIJACKED_BODY_LIMIT) {
      throw bodyTooLong();
    }
  }

  private static HttpSyntaxException bodyTooLong() {
    return new HttpSyntaxException(
        413, "a request that takes the connection over has a body of at most 64 KiB");
  }

  /** Docker does not look at Connection, and some clients do not send it. */
  @Override
  public void checkUpgrade(String protocol) throws ApiException {
    String asked = header("Upgrade").orElse("");
    if (asked.isEmpty()) {
      throw ApiException.badRequest("no upgrade proto in request");
    }
    if (!asked.equalsIgnoreCase(protocol)) {
      throw ApiException.badRequest("protocol " + asked + " not supported");
    }
  }

  @Override
  public Hijacked upgrade(String protocol) throws ApiException, IOException {
    checkUpgrade(protocol);
    skipWholeBody();
    answer();
    hijacked = true;
    keepAlive = false;
    response.set("Connection", "Upgrade").set("Upgrade", protocol);
    wire.output.write(response.bytes(101, "Switching Protocols", NOTHING));
    return new Hijacked(wire.input, wire.output, wire.channel);
  }

  @Override
  public boolean peerGone() {
    return wire.input.peerGone();
  }

  /** The interim answer that lets the client send its body. */
  static void invite(Wire wire) throws IOException {
    wire.output.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  boolean answered() {
    return answered;
  }

  boolean hijacked() {
    return hijacked;
  }

  /**
   * The handler has returned: ends a streamed body and skips what is left of the request's.
   *
   * @return whether the connection can take another request
   */
  boolean finish(int skipLimit) throws IOException {
    wire.input.stopWatching();
    if (streamed != null) {
      streamed.close();
    }
    if (!keepAlive) {
      return false;
    }
    byte[] skipped = new byte[4096];
    for (int left = skipLimit; !body.ended() && left > 0; ) {
      int count = body.read(skipped, 0, Math.min(left, skipped.length));
      left -= Math.max(count, 0);
    }
    return body.ended();
  }

  private void answer() {
    if (answered) {
      throw new IllegalStateException("answered twice: " + method() + " " + path());
    }
    answered = true;
  }

  /** A client still waiting for 100 may send its body or not: only closing is clear to both. */
  private void settleKeepAlive() {
    if (head.expectsContinue() && !body.begun() && head.hasBody()) {
      keepAlive = false;
    }
    if (!keepAlive) {
      response.set("Connection", "close");
    } else if (head.minorVersion() == 0) {
      response.set("Connection", "keep-alive");
    }
  }
}
