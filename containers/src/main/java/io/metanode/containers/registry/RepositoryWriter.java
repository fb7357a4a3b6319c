package io.metanode.containers.registry;

import io.metanode.containers.registry.RegistryRequest.Header;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository in a registry, for writing. */
public final class RepositoryWriter {

  /** Opens a blob from an offset on. */
  @FunctionalInterface
  public interface Content {
    InputStream open(long offset) throws IOException;
  }

  private static final Pattern RECEIVED = Pattern.compile("(?:bytes=)?0-(\\d{1,18})");

  private final RegistrySession session;
  private final Repository repository;

  public RepositoryWriter(RegistrySession session, Repository repository) {
    this.session = session;
    this.repository = repository;
  }

  /** Whether a blob is there. */
  public boolean has(Digest blob) throws IOException {
    try (RegistryResponse response =
        session.send(RegistryRequest.of("HEAD", repository.at("blobs/" + blob)))) {
      return switch (response.status()) {
        case 200 -> true;
        case 404 -> false;
        default -> throw refusal(response);
      };
    }
  }

  /**
   * Takes a blob over from another repository of the registry.
   *
   * @param from that repository's path
   * @return whether the registry did so
   */
  public boolean mount(Digest blob, String from) throws IOException {
    URI target =
        repository.at(
            "blobs/uploads/?mount=" + encoded(blob.toString()) + "&from=" + encoded(from));
    try (RegistryResponse response = session.send(RegistryRequest.of("POST", target))) {
      if (response.status() == 202) {
        abandon(session.named(response));
      }
      return response.status() == 201;
    }
  }

  private void abandon(URI upload) throws IOException {
    session.send(RegistryRequest.of("DELETE", upload)).close();
  }

  /** Sends a blob; where a connection breaks, from where the registry has it. */
  public void upload(Descriptor descriptor, Content content, Retries retries) throws IOException {
    Upload upload = new Upload(descriptor, content);
    var _ =
        retries.run(
            () -> {
              upload.send(retries);
              return descriptor;
            });
  }

  /**
   * Stores a manifest.
   *
   * @param reference a tag
   * @param digest of the manifest
   */
  public void manifest(String reference, byte[] bytes, String mediaType, Digest digest)
      throws IOException {
    RegistryRequest request =
        RegistryRequest.of("PUT", repository.at("manifests/" + reference))
            .with("Content-Type", mediaType)
            .sending(() -> BodyPublishers.ofByteArray(bytes));
    try (RegistryResponse response = session.send(request)) {
      if (response.status() != 201) {
        throw refusal(response);
      }
      String told = response.header("Docker-Content-Digest").orElse(digest.toString());
      if (!told.equals(digest.toString())) {
        throw RegistryException.broken("the registry keeps the manifest " + digest + " as " + told);
      }
    }
  }

  private RegistryException refusal(RegistryResponse response) throws IOException {
    RegistryException refusal = response.refusal("");
    return refusal.isDenied()
        ? new RegistryException(
            refusal.status(),
            "DENIED",
            "push access denied for " + repository.name() + ": " + refusal.getMessage())
        : refusal;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** One blob's way: begin, send the rest, end. */
  private final class Upload {

    private final Descriptor descriptor;
    private final Content content;
    private URI target = URI.create("");
    private long received;

    Upload(Descriptor descriptor, Content content) {
      this.descriptor = descriptor;
      this.content = content;
    }

    void send(Retries retries) throws IOException {
      if (target.toString().isEmpty() || !resumed()) {
        begin();
      }
      if (received < descriptor.size()) {
        rest();
        retries.progressed();
      }
      end();
    }

    private void begin() throws IOException {
      RegistryRequest request = RegistryRequest.of("POST", repository.at("blobs/uploads/"));
      try (RegistryResponse response = session.send(request)) {
        if (response.status() != 202) {
          throw refusal(response);
        }
        received = 0;
        target = session.named(response);
      }
    }

    /** Whether the registry still has what was sent, and how much. */
    private boolean resumed() throws IOException {
      try (RegistryResponse response = session.send(RegistryRequest.of("GET", target))) {
        Matcher range = RECEIVED.matcher(response.header("Range").orElse(""));
        if (response.status() != 204 || !range.matches()) {
          return false;
        }
        long end = Long.parseLong(range.group(1));
        received = end == 0 ? 0 : end + 1;
        target = response.header("Location").isPresent() ? session.named(response) : target;
        return received <= descriptor.size();
      }
    }

    private void rest() throws IOException {
      long from = received;
      RegistryRequest request =
          new RegistryRequest(
              "PATCH",
              target,
              List.of(
                  new Header("Content-Type", "application/octet-stream"),
                  new Header("Content-Range", from + "-" + (descriptor.size() - 1))),
              () ->
                  BodyPublishers.fromPublisher(
                      BodyPublishers.ofInputStream(() -> open(from)), descriptor.size() - from));
      try (RegistryResponse response = session.send(request)) {
        if (response.status() != 202) {
          throw refusal(response);
        }
        target = session.named(response);
        received = descriptor.size();
      }
    }

    private InputStream open(long from) {
      try {
        return content.open(from);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void end() throws IOException {
      String separator = target.getRawQuery() == null ? "?" : "&";
      URI last =
          URI.create(target + separator + "digest=" + encoded(descriptor.digest().toString()));
      try (RegistryResponse response = session.send(RegistryRequest.of("PUT", last))) {
        if (response.status() != 201) {
          throw refusal(response);
        }
      }
    }
  }
}
