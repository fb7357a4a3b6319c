package io.metanode.containers.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.metanode.containers.image.TarBuilder;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry on loopback that does whatever a test wants it to. */
final class FakeRegistry implements AutoCloseable {

  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private final HttpServer server;
  private final Map<String, byte[]> content = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();
  private final Map<String, HttpHandler> faults = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile HttpHandler gate = exchange -> {};

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** {@code 127.0.0.1:port}. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method, path, and the headers {@code Range} and {@code Authorization} of each request. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  long count(String part) {
    return requests.stream().filter(request -> request.contains(part)).count();
  }

  /** Does something else in place of answering a path. */
  void fault(String path, HttpHandler handler) {
    faults.put(path, handler);
  }

  void repair(String path) {
    faults.remove(path);
  }

  /** Asked before everything else; answers if it wants to refuse. */
  void gate(HttpHandler handler) {
    gate = handler;
  }

  Digest blob(byte[] bytes) {
    Digest digest = TarBuilder.digest(bytes);
    content.put("blobs/" + digest, bytes);
    return digest;
  }

  static String blobPath(String repository, Digest digest) {
    return "/v2/" + repository + "/blobs/" + digest;
  }

  /** Puts a manifest under a tag and under its digest. */
  Digest manifest(String tag, String type, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Digest digest = TarBuilder.digest(bytes);
    for (String name : List.of(tag, digest.toString())) {
      content.put("manifests/" + name, bytes);
      types.put("manifests/" + name, type);
    }
    return digest;
  }

  static String descriptor(String type, Digest digest, long size) {
    return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
  }

  /** An image of gzipped layers under a tag; returns the digest of its manifest. */
  Digest image(String tag, byte[]... tars) {
    List<Digest> diffIds = new ArrayList<>();
    List<byte[]> blobs = new ArrayList<>();
    for (byte[] tar : tars) {
      diffIds.add(TarBuilder.digest(tar));
      blobs.add(TarBuilder.gzip(tar));
    }
    return image(tag, "amd64", diffIds, blobs);
  }

  /** An image whose configuration claims these layers, and whose manifest has those archives. */
  Digest image(String tag, String architecture, List<Digest> diffIds, List<byte[]> blobs) {
    List<String> claimed = diffIds.stream().map(diffId -> "\"" + diffId + "\"").toList();
    byte[] config =
        ("{\"architecture\":\""
                + architecture
                + "\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/x\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                + String.join(",", claimed)
                + "]}}")
            .getBytes(StandardCharsets.UTF_8);
    List<String> layers =
        blobs.stream().map(blob -> descriptor(LAYER, blob(blob), blob.length)).toList();
    return manifest(
        tag,
        MANIFEST,
        "{\"schemaVersion\":2,\"mediaType\":\""
            + MANIFEST
            + "\",\"config\":"
            + descriptor(CONFIG, blob(config), config.length)
            + ",\"layers\":["
            + String.join(",", layers)
            + "]}");
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(
          exchange.getRequestMethod()
              + " "
              + path
              + " range="
              + exchange.getRequestHeaders().getFirst("Range")
              + " auth="
              + exchange.getRequestHeaders().getFirst("Authorization"));
      gate.handle(exchange);
      if (exchange.getResponseCode() > 0) {
        return;
      }
      HttpHandler fault = faults.get(path);
      if (fault != null) {
        fault.handle(exchange);
      } else {
        answer(exchange, path);
      }
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    int at = Math.max(path.lastIndexOf("/manifests/"), path.lastIndexOf("/blobs/"));
    byte[] bytes = at < 0 ? null : content.get(path.substring(at + 1));
    if (path.equals("/v2/")) {
      send(exchange, 200, new byte[0]);
    } else if (bytes == null) {
      send(
          exchange,
          404,
          "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}".getBytes(StandardCharsets.UTF_8));
    } else {
      String type = types.get(path.substring(at + 1));
      if (type != null) {
        exchange.getResponseHeaders().set("Content-Type", type);
      }
      part(exchange, bytes);
    }
  }

  /** The part of content that was asked for. */
  static void part(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, bytes);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
    send(exchange, 206, java.util.Arrays.copyOfRange(bytes, from, bytes.length));
  }

  static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  byte[] bytes(Digest blob) {
    byte[] bytes = content.get("blobs/" + blob);
    if (bytes == null) {
      throw new AssertionError("no blob " + blob);
    }
    return bytes;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
