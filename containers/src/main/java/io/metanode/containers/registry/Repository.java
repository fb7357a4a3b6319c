package io.metanode.containers.registry;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** A repository in a registry, for reading. Errors name it as people do. */
public final class Repository {

  private static final System.Logger LOG = System.getLogger(Repository.class.getName());

  /** The largest manifest (distribution-spec, "Pushing Manifests"). */
  private static final int MOST_MANIFEST_BYTES = 4 << 20;

  private static final int MOST_CONFIG_BYTES = 16 << 20;
  private static final int MOST_LIST_BYTES = 4 << 20;
  private static final int MOST_TAGS = 100_000;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;.*rel=\"?next\"?.*");
  private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");

  private final RegistrySession session;
  private final String path;
  private final String name;

  /**
   * @param path the repository in the registry, {@code library/busybox}
   * @param name as people write it, {@code busybox}
   */
  public Repository(RegistrySession session, String path, String name) {
    this.session = session;
    this.path = path;
    this.name = name;
  }

  /** The repository of a name, for reading. */
  public static Repository of(
      RegistryClients clients, ImageReference name, Credentials credentials) {
    List<String> scopes = List.of("repository:" + name.path() + ":pull");
    return new Repository(
        new RegistrySession(clients, name.domain(), credentials, scopes),
        name.path(),
        name.familiarName());
  }

  /**
   * The places to read a name from, in order: the mirrors of Docker Hub, which are shown no
   * credentials, then the registry itself.
   */
  private static List<Repository> places(
      RegistryClients clients, ImageReference name, Credentials credentials) {
    List<Repository> places = new ArrayList<>();
    if (name.domain().equals(RegistrySession.DOCKER_HUB)) {
      List<String> scopes = List.of("repository:" + name.path() + ":pull");
      for (URI mirror : clients.settings().mirrors()) {
        places.add(
            new Repository(
                new RegistrySession(clients, mirror, scopes), name.path(), name.familiarName()));
      }
    }
    places.add(of(clients, name, credentials));
    return places;
  }

  /** What is read from a repository. */
  @FunctionalInterface
  public interface Reading<T> {
    T from(Repository repository) throws ApiException, IOException;
  }

  /** Reads from the mirrors, each once, and where none has it from the registry. */
  public static <T> T read(
      RegistryClients clients, ImageReference name, Credentials credentials, Reading<T> reading)
      throws ApiException, IOException {
    List<Repository> places = places(clients, name, credentials);
    for (Repository mirror : places.subList(0, places.size() - 1)) {
      try {
        return reading.from(mirror);
      } catch (CancelledException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        LOG.log(Level.INFO, "the mirror {0} has no {1}: {2}", mirror.host(), name, e.getMessage());
      }
    }
    return reading.from(places.getLast());
  }

  private String host() {
    return session.authority();
  }

  URI at(String rest) {
    return URI.create("/v2/" + path + "/" + rest);
  }

  RegistrySession session() {
    return session;
  }

  /** As people write it. */
  public String name() {
    return name;
  }

  /** The manifest a tag names now. */
  public Manifest tagged(String tag) throws IOException {
    return manifest(tag, Optional.empty());
  }

  /**
   * The manifest with a digest.
   *
   * @throws ArchiveException if the registry sends another
   */
  public Manifest manifest(Digest digest) throws IOException {
    return manifest(digest.toString(), Optional.of(digest));
  }

  private Manifest manifest(String reference, Optional<Digest> digest) throws IOException {
    RegistryRequest request = RegistryRequest.of("GET", at("manifests/" + reference));
    for (String type : Manifest.TYPES) {
      request = request.with("Accept", type);
    }
    try (RegistryResponse response = session.send(request)) {
      if (response.status() != 200) {
        throw refusal(response, reference);
      }
      byte[] bytes = response.bytes(MOST_MANIFEST_BYTES, "the manifest of " + name);
      Digest actual = Sha256.of(bytes);
      Optional<Digest> told = response.header("Docker-Content-Digest").flatMap(Digest::parse);
      Digest expected = digest.or(() -> told).orElse(actual);
      if (!actual.equals(expected)) {
        throw new ArchiveException(
            "manifest verification failed for digest "
                + expected
                + ": what the registry sent has "
                + actual);
      }
      return Manifest.parse(bytes, response.header("Content-Type").orElse(""));
    }
  }

  private RegistryException refusal(RegistryResponse response, String reference)
      throws IOException {
    RegistryException refusal = response.refusal("");
    if (refusal.isNotFound()) {
      String separator = reference.startsWith("sha256:") ? "@" : ":";
      return new RegistryException(
          404,
          "MANIFEST_UNKNOWN",
          "manifest for " + name + separator + reference + " not found: " + refusal.getMessage());
    }
    return refusal.isDenied() ? denied(refusal) : refusal;
  }

  private RegistryException denied(RegistryException refusal) {
    return new RegistryException(
        refusal.status(),
        "DENIED",
        "access denied for "
            + name
            + ", repository does not exist or may require 'docker login': "
            + refusal.getMessage());
  }

  /** The configuration of an image. */
  public byte[] config(Manifest.Image image) throws IOException {
    Descriptor descriptor = image.config();
    if (descriptor.size() > MOST_CONFIG_BYTES) {
      throw RegistryException.broken(
          "%s of %s would be %d bytes; at most %d are read"
              .formatted(descriptor.digest(), name, descriptor.size(), MOST_CONFIG_BYTES));
    }
    try (RegistryResponse response = blob(descriptor, 0)) {
      byte[] bytes = response.bytes((int) descriptor.size(), descriptor.digest().toString());
      Digest actual = Sha256.of(bytes);
      if (!actual.equals(descriptor.digest())) {
        throw mismatch("image config", descriptor, actual);
      }
      return bytes;
    }
  }

  /** Content that is not what its digest says. */
  static ArchiveException mismatch(String what, Descriptor descriptor, Digest actual) {
    return new ArchiveException(
        what
            + " verification failed for digest "
            + descriptor.digest()
            + ": what the registry sent has "
            + actual
            + "; nothing of it was kept");
  }

  /**
   * Opens a blob.
   *
   * @param offset where to begin; the registry may begin at 0 all the same, with status 200
   * @throws ArchiveException if the registry tells another length than the manifest
   */
  RegistryResponse blob(Descriptor descriptor, long offset) throws IOException {
    RegistryRequest request = RegistryRequest.of("GET", at("blobs/" + descriptor.digest()));
    RegistryResponse response =
        session.send(offset == 0 ? request : request.with("Range", "bytes=" + offset + "-"));
    boolean partial = response.status() == 206 && offset > 0;
    if (response.status() != 200 && !partial) {
      try (response) {
        throw response.refusal("blob " + descriptor.digest() + " of " + name);
      }
    }
    long left = descriptor.size() - (partial ? offset : 0);
    boolean right =
        response.length().orElse(left) == left
            && (!partial
                || response.header("Content-Range").orElse("").startsWith("bytes " + offset + "-"));
    if (!right) {
      response.close();
      throw new ArchiveException(
          "blob %s of %s is %d bytes by its manifest; the registry would send %s"
              .formatted(
                  descriptor.digest(), name, descriptor.size(), response.length().orElse(-1)));
    }
    return response;
  }

  /** All tags. */
  public List<String> tags() throws IOException {
    List<String> tags = new ArrayList<>();
    Optional<URI> next = Optional.of(at("tags/list"));
    while (next.isPresent()) {
      try (RegistryResponse response = session.send(RegistryRequest.of("GET", next.get()))) {
        if (response.status() != 200) {
          RegistryException refusal = response.refusal("repository " + name);
          throw refusal.isDenied() ? denied(refusal) : refusal;
        }
        byte[] list = response.bytes(MOST_LIST_BYTES, "the list of tags");
        for (String tag : JsonFields.texts(JsonFields.MAPPER.readTree(list), "tags")) {
          if (!TAG.matcher(tag).matches() || tags.size() >= MOST_TAGS) {
            throw RegistryException.broken("the registry's list of tags holds what is no tag");
          }
          tags.add(tag);
        }
        next = next(response);
      } catch (JacksonException e) {
        throw RegistryException.broken("the registry's list of tags is not JSON");
      }
    }
    return tags;
  }

  private Optional<URI> next(RegistryResponse response) throws RegistryException {
    Matcher link = NEXT.matcher(response.header("Link").orElse(""));
    if (!link.matches()) {
      return Optional.empty();
    }
    try {
      URI given = URI.create(link.group(1));
      return Optional.of(
          URI.create(
              given.getRawPath() + (given.getRawQuery() == null ? "" : "?" + given.getRawQuery())));
    } catch (IllegalArgumentException e) {
      throw RegistryException.broken("the registry's list of tags goes on at no address");
    }
  }
}
