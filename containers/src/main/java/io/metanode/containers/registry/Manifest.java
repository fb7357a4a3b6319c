package io.metanode.containers.registry;

import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.blob.Sha256;
import io.metanode.containers.image.layer.ArchiveException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A manifest: of an image (OCI image-spec, manifest.md; Docker's schema 2), or an index of
 * manifests for several platforms (image-index.md; Docker's manifest list).
 */
public sealed interface Manifest {

  String OCI_IMAGE = "application/vnd.oci.image.manifest.v1+json";
  String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
  String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

  /** All that are understood, in the order they are asked for. */
  List<String> TYPES = List.of(DOCKER_IMAGE, DOCKER_LIST, OCI_IMAGE, OCI_INDEX);

  /** What names it in the registry. */
  Descriptor descriptor();

  /** Its bytes, which its digest is of. */
  Bytes bytes();

  /** One image: its configuration, and its layers, lowest first. */
  record Image(Descriptor descriptor, Bytes bytes, Descriptor config, List<Descriptor> layers)
      implements Manifest {}

  /** Images for several platforms. */
  record Index(Descriptor descriptor, Bytes bytes, List<Entry> entries) implements Manifest {

    /** The manifest for a platform, or the one nearest to it. */
    public Optional<Descriptor> choose(Platform platform) {
      return entries.stream()
          .filter(entry -> entry.platform().flatMap(platform::distance).isPresent())
          .min(
              Comparator.comparingInt(
                  entry -> entry.platform().flatMap(platform::distance).orElse(0)))
          .map(Entry::descriptor);
    }
  }

  /** A manifest in an index; empty for what is no image, such as an attestation. */
  record Entry(Descriptor descriptor, Optional<Platform> platform) {}

  /**
   * Reads a manifest.
   *
   * @param contentType as the registry told it; may be empty
   * @throws ArchiveException if it is none, or contradicts itself
   */
  static Manifest parse(byte[] bytes, String contentType) throws ArchiveException {
    JsonNode json;
    try {
      json = JsonFields.MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new ArchiveException("the manifest is not JSON: " + e.getOriginalMessage(), e);
    }
    String type = type(json, contentType.split(";", 2)[0].strip());
    Descriptor descriptor = new Descriptor(type, Sha256.of(bytes), bytes.length);
    return switch (type) {
      case OCI_INDEX, DOCKER_LIST -> {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : json.path("manifests")) {
          entries.add(new Entry(descriptor(entry), platform(entry)));
        }
        yield new Index(descriptor, Bytes.of(bytes), entries);
      }
      case OCI_IMAGE, DOCKER_IMAGE -> {
        List<Descriptor> layers = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
          layers.add(descriptor(layer));
        }
        yield new Image(descriptor, Bytes.of(bytes), descriptor(json.path("config")), layers);
      }
      default -> throw new ArchiveException("unsupported manifest media type: " + type);
    };
  }

  /**
   * What it is. One document read as two kinds would have two meanings under one digest
   * (CVE-2021-41190).
   */
  private static String type(JsonNode json, String told) throws ArchiveException {
    String stated = JsonFields.text(json, "mediaType");
    boolean index = json.path("manifests").isArray();
    boolean image = json.path("layers").isArray() || json.path("config").isObject();
    if (index && image) {
      throw new ArchiveException("the manifest is an index and an image at once");
    }
    if (!stated.isEmpty() && TYPES.contains(told) && !stated.equals(told)) {
      throw new ArchiveException("the manifest says it is " + stated + ", the registry " + told);
    }
    if (JsonFields.number(json, "schemaVersion") == 1) {
      throw new ArchiveException(
          "the registry has this image only in Docker's schema 1, which nobody can verify; push it"
              + " again with a newer tool");
    }
    String type =
        !stated.isEmpty()
            ? stated
            : TYPES.contains(told) ? told : index ? OCI_INDEX : image ? OCI_IMAGE : told;
    boolean indexType = type.equals(OCI_INDEX) || type.equals(DOCKER_LIST);
    if (TYPES.contains(type) && (indexType ? image : index)) {
      throw new ArchiveException("the manifest is not the " + type + " it says it is");
    }
    return type;
  }

  private static Descriptor descriptor(JsonNode json) throws ArchiveException {
    String digest = JsonFields.text(json, "digest");
    long size = JsonFields.number(json, "size");
    if (size < 0 || !json.path("size").isIntegralNumber()) {
      throw new ArchiveException("the manifest has no size for " + digest);
    }
    return new Descriptor(
        JsonFields.text(json, "mediaType"),
        Digest.parse(digest)
            .orElseThrow(
                () -> new ArchiveException("the manifest has a digest that is none: " + digest)),
        size);
  }

  private static Optional<Platform> platform(JsonNode entry) {
    JsonNode platform = entry.path("platform");
    boolean attestation =
        !JsonFields.text(entry.path("annotations"), "vnd.docker.reference.type").isEmpty();
    return attestation || !platform.isObject()
        ? Optional.empty()
        : Optional.of(
            new Platform(
                JsonFields.text(platform, "os"),
                JsonFields.text(platform, "architecture"),
                JsonFields.text(platform, "variant")));
  }
}
