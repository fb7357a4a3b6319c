package io.metanode.containers.image;

import io.metanode.containers.image.layer.ChainId;
import io.metanode.foundation.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the store keeps of an image beside its blobs.
 *
 * @param id the digest of its configuration blob
 * @param layers its layers, lowest first
 * @param manifest the manifest it came with, as a blob
 * @param parent the image it was committed from
 * @param step the key of the step of a build that made it
 * @param provenance the statement of the build that made it, as a blob
 * @param lastTagged when a name was last given to it
 * @param hidden whether it was made to be handed over, and is not listed while it has no name
 * @param annotations by the name that a build gave, of the manifest that is pushed or saved under
 *     it
 */
public record ImageRecord(
    Digest id,
    List<StoredLayer> layers,
    Optional<Digest> manifest,
    Optional<Digest> parent,
    Optional<Digest> step,
    Optional<Digest> provenance,
    Instant lastTagged,
    boolean hidden,
    Map<String, Map<String, String>> annotations) {

  /**
   * @param diffId the digest of the uncompressed archive
   * @param blob the digest of the archive as it came
   * @param mediaType of the archive as it came
   */
  public record StoredLayer(Digest diffId, Digest blob, String mediaType) {

    boolean isSameAs(StoredLayer other) {
      return diffId.equals(other.diffId) && blob.equals(other.blob);
    }
  }

  public ImageRecord {
    layers = List.copyOf(layers);
    annotations = new TreeMap<>(annotations);
  }

  /** Of an image that no build made here. */
  ImageRecord(
      Digest id,
      List<StoredLayer> layers,
      Optional<Digest> manifest,
      Optional<Digest> parent,
      Instant lastTagged) {
    this(
        id,
        layers,
        manifest,
        parent,
        Optional.empty(),
        Optional.empty(),
        lastTagged,
        false,
        Map.of());
  }

  public List<Digest> diffIds() {
    return layers.stream().map(StoredLayer::diffId).toList();
  }

  /** The chain ids, lowest first. */
  public List<Digest> chain() {
    return ChainId.of(diffIds());
  }

  /** The blobs it needs. */
  public List<Digest> blobs() {
    List<Digest> blobs = new ArrayList<>(layers.stream().map(StoredLayer::blob).toList());
    blobs.add(id);
    manifest.ifPresent(blobs::add);
    provenance.ifPresent(blobs::add);
    return blobs;
  }

  ImageRecord taggedAt(Instant time) {
    return new ImageRecord(
        id, layers, manifest, parent, step, provenance, time, false, annotations);
  }

  /** The same, come anew, with what was known of it here: how it was made, and its names. */
  ImageRecord knownAs(ImageRecord before) {
    return new ImageRecord(
        id,
        layers,
        manifest,
        parent.or(before::parent),
        step.or(before::step),
        provenance.or(before::provenance),
        before.lastTagged,
        false,
        before.annotations);
  }

  ImageRecord madeBy(Digest statement) {
    return new ImageRecord(
        id,
        layers,
        manifest,
        parent,
        step,
        Optional.of(statement),
        lastTagged,
        hidden,
        annotations);
  }

  ImageRecord hidden(boolean isHidden) {
    return new ImageRecord(
        id, layers, manifest, parent, step, provenance, lastTagged, isHidden, annotations);
  }

  /** What the manifest says that is pushed or saved under a name; empty if that is as it came. */
  public Optional<Map<String, String>> annotations(ImageReference name) {
    return Optional.ofNullable(annotations.get(name.toString()));
  }

  ImageRecord annotated(ImageReference name, Optional<Map<String, String>> said) {
    Map<String, Map<String, String>> all = new TreeMap<>(annotations);
    all.remove(name.toString());
    said.ifPresent(own -> all.put(name.toString(), new TreeMap<>(own)));
    return annotated(all);
  }

  ImageRecord annotated(Map<String, Map<String, String>> all) {
    return new ImageRecord(id, layers, manifest, parent, step, provenance, lastTagged, hidden, all);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonFields.MAPPER.createObjectNode();
    json.put("id", id.toString());
    for (StoredLayer layer : layers) {
      json.withArray("layers")
          .addObject()
          .put("diffId", layer.diffId().toString())
          .put("blob", layer.blob().toString())
          .put("mediaType", layer.mediaType());
    }
    manifest.ifPresent(digest -> json.put("manifest", digest.toString()));
    parent.ifPresent(digest -> json.put("parent", digest.toString()));
    step.ifPresent(digest -> json.put("step", digest.toString()));
    provenance.ifPresent(digest -> json.put("provenance", digest.toString()));
    json.put("lastTagged", lastTagged.toString());
    if (hidden) {
      json.put("hidden", true);
    }
    annotations.forEach(
        (name, said) -> {
          ObjectNode own = json.withObjectProperty("annotations").putObject(name);
          said.forEach(own::put);
        });
    return json;
  }

  /** Empty if it is not a record. */
  static Optional<ImageRecord> fromJson(JsonNode json) {
    Optional<Digest> id = digest(json, "id");
    List<StoredLayer> layers = new ArrayList<>();
    for (JsonNode layer : json.path("layers")) {
      Optional<Digest> diffId = digest(layer, "diffId");
      Optional<Digest> blob = digest(layer, "blob");
      if (diffId.isEmpty() || blob.isEmpty()) {
        return Optional.empty();
      }
      layers.add(new StoredLayer(diffId.get(), blob.get(), JsonFields.text(layer, "mediaType")));
    }
    return id.map(
        digest ->
            new ImageRecord(
                digest,
                layers,
                digest(json, "manifest"),
                digest(json, "parent"),
                digest(json, "step"),
                digest(json, "provenance"),
                ConfigDocument.instant(JsonFields.text(json, "lastTagged")),
                json.path("hidden").asBoolean(false),
                annotations(json.path("annotations"))));
  }

  private static Map<String, Map<String, String>> annotations(JsonNode json) {
    Map<String, Map<String, String>> annotations = new TreeMap<>();
    json.propertyNames().forEach(name -> annotations.put(name, JsonFields.map(json, name)));
    return annotations;
  }

  private static Optional<Digest> digest(JsonNode json, String field) {
    return Digest.parse(JsonFields.text(json, field));
  }
}
