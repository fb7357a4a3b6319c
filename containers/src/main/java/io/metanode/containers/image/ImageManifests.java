package io.metanode.containers.image;

import io.metanode.containers.image.ImageRecord.StoredLayer;
import io.metanode.containers.image.archive.ArchiveWriter.Blob;
import io.metanode.containers.image.blob.BlobStore;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The manifests of images in the store. */
public final class ImageManifests {

  static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

  private final BlobStore blobs;

  public ImageManifests(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * The manifest an image came with if it says this, else one that is made: OCI's, for Docker's has
   * no annotations. Equal images that say the same get equal bytes.
   *
   * @param annotations by their keys; empty if the manifest is as it came
   */
  public byte[] bytes(ImageRecord record, Optional<Map<String, String>> annotations)
      throws IOException {
    if (record.manifest().isPresent()) {
      byte[] came = blobs.bytes(record.manifest().get());
      if (annotations.isEmpty() || annotations.get().equals(annotations(came))) {
        return came;
      }
    }
    ObjectNode json = made(record);
    Map<String, String> said = annotations.orElse(Map.of());
    if (!said.isEmpty()) {
      new TreeMap<>(said).forEach(json.putObject("annotations")::put);
    }
    return JsonFields.MAPPER.writeValueAsBytes(json);
  }

  private static Map<String, String> annotations(byte[] manifest) {
    return JsonFields.map(JsonFields.MAPPER.readTree(manifest), "annotations");
  }

  private ObjectNode made(ImageRecord record) throws IOException {
    ObjectNode json = JsonFields.MAPPER.createObjectNode();
    json.put("schemaVersion", 2);
    json.put("mediaType", MANIFEST_TYPE);
    blob(record.id(), CONFIG_TYPE).describe(json.putObject("config"));
    json.putArray("layers");
    for (StoredLayer layer : record.layers()) {
      blob(layer.blob(), layerType(layer)).describe(json.withArray("layers").addObject());
    }
    return json;
  }

  /** Docker's names of what OCI has too. */
  private static String layerType(StoredLayer layer) {
    return switch (layer.mediaType()) {
      case "application/vnd.docker.image.rootfs.diff.tar.gzip" -> LAYER_TYPE + "+gzip";
      case "application/vnd.docker.image.rootfs.diff.tar" -> LAYER_TYPE;
      default -> layer.mediaType();
    };
  }

  Blob blob(Digest digest, String mediaType) throws IOException {
    return new Blob(digest, blobs.size(digest), mediaType);
  }

  /** What a manifest is. */
  public static String mediaType(byte[] manifest) {
    String stated = JsonFields.text(JsonFields.MAPPER.readTree(manifest), "mediaType");
    return stated.isEmpty() ? MANIFEST_TYPE : stated;
  }
}
