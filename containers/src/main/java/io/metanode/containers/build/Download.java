package io.metanode.containers.build;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.blob.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Fetches what {@code ADD} names by an address. */
final class Download {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MOST_BYTES = 8L << 30;
  private static final int MODE = 0600;

  private Download() {}

  static boolean isAddress(String word) {
    return word.startsWith("http://") || word.startsWith("https://");
  }

  /**
   * @param checksum {@code sha256:…}; empty to take what comes
   * @throws ApiException if it cannot be had, or is not what the checksum says
   */
  static Sources fetch(String address, Optional<String> checksum, Scratch scratch)
      throws ApiException, IOException {
    Path file = scratch.next();
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build()) {
      URI uri = URI.create(address);
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() >= 400) {
          throw ApiException.badRequest(
              "ADD failed: failed to GET " + address + " with status " + response.statusCode());
        }
        copy(body, file, address);
      }
      Sources source = scratch.of(file, name(uri), MODE, modified(response));
      check(source, checksum, file);
      return source;
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("ADD failed: invalid address " + address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + address);
    }
  }

  private static void copy(InputStream body, Path file, String address)
      throws ApiException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        size += n;
        if (size > MOST_BYTES) {
          throw ApiException.badRequest(
              "ADD failed: " + address + " is larger than " + MOST_BYTES + " bytes");
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private static void check(Sources source, Optional<String> checksum, Path file)
      throws ApiException, IOException {
    if (checksum.isEmpty()) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String actual = Sha256.of(in).toString();
      if (!actual.equals(checksum.get())) {
        throw ApiException.badRequest(
            "ADD failed: digest mismatch "
                + actual
                + ": "
                + checksum.get()
                + " of "
                + source.name());
      }
    }
  }

  /** The last component of the path; empty if the path ends with a slash. */
  private static String name(URI uri) {
    String path = Optional.ofNullable(uri.getPath()).orElse("");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static long modified(HttpResponse<?> response) {
    String text = response.headers().firstValue("Last-Modified").orElse("");
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond();
    } catch (DateTimeException e) {
      return 0;
    }
  }
}
