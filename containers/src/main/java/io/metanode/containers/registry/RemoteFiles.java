package io.metanode.containers.registry;

import io.metanode.containers.RegistrySettings;
import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * Files that clients name by an address, {@code http://} or {@code https://}: an archive to import,
 * a context to build. They come by the proxies that registries are reached by.
 */
public final class RemoteFiles {

  private static final int MOST_TOLD_BYTES = 1024;

  private final HttpClient client;
  private final Patience patience;
  private final long mostBytes;

  /**
   * @param mostBytes how long a file may be
   */
  public RemoteFiles(RegistrySettings settings, Patience patience, long mostBytes) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .proxy(settings.proxies().selector())
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.connect())
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    settings.proxies().authenticator().ifPresent(builder::authenticator);
    this.client = builder.build();
    this.patience = patience;
    this.mostBytes = mostBytes;
  }

  /** Whether a text is an address of a file that can be had. */
  public static boolean isAddress(String text) {
    return text.startsWith("http://") || text.startsWith("https://");
  }

  /**
   * Begins to fetch a file.
   *
   * @throws ApiException 400 if it is no address; the server's own status if it says no
   * @throws IOException if the server cannot be reached
   */
  public RemoteFile open(String address) throws ApiException, IOException {
    try {
      URI uri = URI.create(address);
      String told = told(address);
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(uri).timeout(patience.answer()).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      InputStream body = new WatchedBody(response.body(), patience);
      if (response.statusCode() >= 400) {
        throw refused(told, response.statusCode(), body);
      }
      return new RemoteFile(
          told,
          response.headers().firstValue("Content-Type").orElse(""),
          new BoundedBody(body, mostBytes, told));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("invalid address: " + address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + address);
    } catch (IOException e) {
      throw new IOException("GET \"" + address + "\": " + reason(URI.create(address), e), e);
    }
  }

  /**
   * An address as receipts and policies have it: without name, password, query and fragment.
   *
   * @throws ApiException 400 if it is no address
   */
  public static String told(String address) throws ApiException {
    try {
      URI uri = URI.create(address);
      return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
          .toString();
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw ApiException.badRequest("invalid address: " + address);
    }
  }

  /** In Go's words where Java has none. */
  private static String reason(URI uri, IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "dial tcp: lookup " + uri.getHost() + ": no such host";
      }
    }
    return failure instanceof ConnectException
        ? "dial tcp " + uri.getAuthority() + ": connect: connection refused"
        : String.valueOf(failure.getMessage());
  }

  private static ApiException refused(String told, int status, InputStream body)
      throws IOException {
    try (body) {
      String text = new String(body.readNBytes(MOST_TOLD_BYTES), StandardCharsets.UTF_8).strip();
      int passed = status == 401 || status == 403 || status == 404 ? status : 400;
      return new ApiException(
          passed, "failed to GET " + told + " with status " + status + ": " + text);
    }
  }
}
