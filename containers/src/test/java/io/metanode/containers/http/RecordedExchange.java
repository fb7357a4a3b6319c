package io.metanode.containers.http;

import io.metanode.receipts.Actor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A request made by a test, and the answer it got. */
public final class RecordedExchange implements HttpExchange {

  private final String method;
  private final String path;
  private final Map<String, List<String>> queries = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private Map<String, String> parameters = Map.of();
  private ApiVersion version = ApiVersion.NEWEST;
  private byte[] body = {};
  private int status;

  public RecordedExchange(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public RecordedExchange with(String query, String... values) {
    queries.put(query, List.of(values));
    return this;
  }

  public RecordedExchange version(int minor) {
    version = new ApiVersion(1, minor);
    return this;
  }

  public RecordedExchange body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** Answers through the routes, as the server does. */
  public RecordedExchange send(RouteTable routes) throws ApiException, IOException {
    RouteTable.Match match = routes.find(method, path).orElseThrow();
    parameters = match.parameters();
    match.handler().handle(this);
    return this;
  }

  public int status() {
    return status;
  }

  public byte[] answer() {
    return answer.toByteArray();
  }

  public String text() {
    return answer.toString(StandardCharsets.UTF_8);
  }

  public JsonNode answerJson() {
    return Json.MAPPER.readTree(answer());
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public ApiVersion version() {
    return version;
  }

  @Override
  public String parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).orElseThrow();
  }

  @Override
  public Optional<String> query(String name) {
    return queries(name).stream().findFirst();
  }

  @Override
  public List<String> queries(String name) {
    return queries.getOrDefault(name, List.of());
  }

  @Override
  public boolean flag(String name, boolean ifAbsent) {
    return query(name)
        .map(value -> !List.of("", "0", "no", "false", "none").contains(value))
        .orElse(ifAbsent);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public Actor actor() {
    return Actor.system("test");
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public JsonNode json() throws ApiException {
    return body.length == 0 ? Json.MAPPER.createObjectNode() : Json.parse(body);
  }

  @Override
  public void send(int code, JsonNode json) {
    begin(code);
    answer.writeBytes(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void send(int code) {
    begin(code);
  }

  @Override
  public void send(int code, String contentType, byte[] content) {
    begin(code);
    answer.writeBytes(content);
  }

  @Override
  public void responseHeader(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public OutputStream stream(int code, String contentType) {
    begin(code);
    return answer;
  }

  @Override
  public Hijacked hijack(String contentType) {
    throw new UnsupportedOperationException("nothing to take over");
  }

  @Override
  public void checkUpgrade(String protocol) {
    throw new UnsupportedOperationException("upgrade");
  }

  @Override
  public Hijacked upgrade(String protocol) {
    throw new UnsupportedOperationException("nothing to take over");
  }

  @Override
  public boolean peerGone() {
    return false;
  }

  private void begin(int code) {
    if (status != 0) {
      throw new IllegalStateException("answered twice");
    }
    status = code;
  }

  /** The lines of a stream of messages. */
  public List<JsonNode> messages() {
    List<JsonNode> messages = new ArrayList<>();
    text()
        .lines()
        .filter(line -> !line.isBlank())
        .map(Json.MAPPER::readTree)
        .forEach(messages::add);
    return messages;
  }
}
