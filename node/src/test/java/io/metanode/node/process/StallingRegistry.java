package io.metanode.node.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A registry with one image of two layers, of which the second stops half-way until told. */
final class StallingRegistry implements AutoCloseable {

  private static final int FILE_BYTES = 2_000_000;
  private static final String TAR = "application/vnd.oci.image.layer.v1.tar";

  private final HttpServer server;
  private final CountDownLatch halfWay = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  StallingRegistry() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    byte[] first = layer("first");
    byte[] second = layer("second");
    byte[] packed = gzip(second);
    byte[] config =
        """
        {"architecture":"amd64","os":"linux","config":{"Cmd":["/first"]},
         "rootfs":{"type":"layers","diff_ids":["%s","%s"]}}"""
            .formatted(digest(first), digest(second))
            .getBytes(StandardCharsets.UTF_8);
    byte[] manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
         "config":%s,"layers":[%s,%s]}"""
            .formatted(
                descriptor("application/vnd.oci.image.config.v1+json", config),
                descriptor(TAR, first),
                descriptor(TAR + "+gzip", packed))
            .getBytes(StandardCharsets.UTF_8);
    for (Map.Entry<String, byte[]> one :
        Map.of(
                "blobs/" + digest(first),
                first,
                "blobs/" + digest(config),
                config,
                "manifests/1",
                manifest)
            .entrySet()) {
      server.createContext("/v2/a/" + one.getKey(), exchange -> send(exchange, one.getValue()));
    }
    server.createContext("/v2/a/blobs/" + digest(packed), exchange -> stall(exchange, packed));
    server.start();
  }

  /** Files of noise, so that the archive does not compress to nothing. */
  private static byte[] layer(String name) throws IOException {
    byte[] content = new byte[FILE_BYTES];
    new Random(name.hashCode()).nextBytes(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  private static String digest(byte[] bytes) throws Exception {
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String descriptor(String type, byte[] bytes) throws Exception {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest(bytes), bytes.length);
  }

  private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void stall(HttpExchange exchange, byte[] bytes) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
      halfWay.countDown();
      if (goOn.await(60, TimeUnit.SECONDS)) {
        exchange.getResponseBody().write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String image() {
    return "127.0.0.1:" + server.getAddress().getPort() + "/a:1";
  }

  boolean isHalfWay() {
    return halfWay.getCount() == 0;
  }

  /** From now on it sends all. */
  void goOn() {
    goOn.countDown();
  }

  @Override
  public void close() {
    goOn();
    server.stop(0);
  }
}
