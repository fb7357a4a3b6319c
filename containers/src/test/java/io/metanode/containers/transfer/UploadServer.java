package io.metanode.containers.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.metanode.containers.image.TarBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The part of a registry that takes uploads; the first large one breaks off half-way. */
final class UploadServer implements AutoCloseable {

  private static final int LARGE = 1_000;

  final Map<String, byte[]> content = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger breaks;
  private final AtomicInteger number = new AtomicInteger();
  private final HttpServer server;

  /**
   * @param breaks how many large uploads break off
   */
  UploadServer(int breaks) throws IOException {
    this.breaks = new AtomicInteger(breaks);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      requests.add(
          method + " " + path + " " + exchange.getRequestHeaders().getFirst("Content-Range"));
      if (path.contains("/blobs/uploads/")) {
        upload(exchange, method, path.substring(path.lastIndexOf('/') + 1));
      } else if (method.equals("PUT")) {
        content.put(path, exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(201, -1);
      } else {
        exchange.sendResponseHeaders(content.containsKey(path) ? 200 : 404, -1);
      }
    }
  }

  private void upload(HttpExchange exchange, String method, String id) throws IOException {
    switch (method) {
      case "POST" -> {
        String made = "u" + number.incrementAndGet();
        uploads.put(made, new ByteArrayOutputStream());
        exchange.getResponseHeaders().set("Location", "/v2/a/blobs/uploads/" + made + "?s=1");
        exchange.sendResponseHeaders(202, -1);
      }
      case "PATCH" -> patch(exchange, begun(id));
      case "GET" -> {
        exchange.getResponseHeaders().set("Range", "0-" + (begun(id).size() - 1));
        exchange.sendResponseHeaders(204, -1);
      }
      default -> {
        byte[] bytes = begun(id).toByteArray();
        String digest = TarBuilder.digest(bytes).toString();
        boolean right = exchange.getRequestURI().getQuery().equals("s=1&digest=" + digest);
        content.put("/v2/a/blobs/" + digest, bytes);
        exchange.sendResponseHeaders(right ? 201 : 400, -1);
      }
    }
  }

  private ByteArrayOutputStream begun(String id) {
    return Objects.requireNonNull(uploads.get(id), id);
  }

  /** What was put at a path. */
  byte[] bytes(String path) {
    return Objects.requireNonNull(content.get(path), path);
  }

  private void patch(HttpExchange exchange, ByteArrayOutputStream upload) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    if (!range.startsWith(upload.size() + "-")) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    long length = Long.parseLong(exchange.getRequestHeaders().getFirst("Content-Length"));
    if (length > LARGE && breaks.getAndDecrement() > 0) {
      upload.write(exchange.getRequestBody().readNBytes((int) length / 2));
      throw new IOException("the registry dies");
    }
    exchange.getRequestBody().transferTo(upload);
    exchange.getResponseHeaders().set("Location", exchange.getRequestURI().toString());
    exchange.sendResponseHeaders(202, -1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
