package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.ApiVersion;
import io.metanode.containers.http.Json;
import io.metanode.containers.image.ConfigDocument;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageRecord;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageRemoval.Removed;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.JsonFields;
import io.metanode.containers.image.layer.Layer;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Images as the API shows them. */
final class ImageEndpointsJson {

  private static final String NO_TAG = "<none>:<none>";
  private static final String NO_DIGEST = "<none>@<none>";

  /** Go's zero time: the image does not say when it was made. */
  private static final String NO_TIME = "0001-01-01T00:00:00Z";

  private final ImageStore store;

  ImageEndpointsJson(ImageStore store) {
    this.store = store;
  }

  /** An element of {@code GET /images/json}. */
  ObjectNode summary(Image image, List<ImageReference> names, ApiVersion version, long sharedSize)
      throws ApiException {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("Containers", -1);
    json.put("Created", image.created().getEpochSecond());
    json.put("Id", image.id().toString());
    Map<String, String> labels = image.config().labels();
    if (labels.isEmpty()) {
      json.putNull("Labels");
    } else {
      ObjectNode labelFields = json.putObject("Labels");
      labels.forEach(labelFields::put);
    }
    json.put("ParentId", parent(image.id()));
    names(json, names);
    if (names.isEmpty() && !version.atLeast(43)) {
      json.withArray("RepoTags").add(NO_TAG);
      json.withArray("RepoDigests").add(NO_DIGEST);
    }
    json.put("SharedSize", sharedSize);
    json.put("Size", image.sizeBytes());
    if (!version.atLeast(44)) {
      json.put("VirtualSize", image.sizeBytes());
    }
    return json;
  }

  private static void names(ObjectNode json, List<ImageReference> names) {
    ArrayNode tags = json.putArray("RepoTags");
    ArrayNode digests = json.putArray("RepoDigests");
    for (ImageReference name : names) {
      (name.digest().isPresent() ? digests : tags).add(name.familiar());
    }
  }

  private String parent(Digest id) throws ApiException {
    return store.record(id).parent().map(Digest::toString).orElse("");
  }

  /** The answer to {@code GET /images/{name}/json}. */
  ObjectNode inspection(Image image, ApiVersion version) throws ApiException, IOException {
    ImageRecord record = store.record(image.id());
    ObjectNode document = store.document(image.id()).json();
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("Id", image.id().toString());
    names(json, store.references(image.id()));
    json.put("Parent", parent(image.id()));
    json.put("Comment", comment(document));
    String created = JsonFields.text(document, "created");
    if (!created.isEmpty() || !version.atLeast(44)) {
      json.put("Created", created.isEmpty() ? NO_TIME : created);
    }
    if (!version.atLeast(45)) {
      json.put("Container", JsonFields.text(document, "container"));
      json.set("ContainerConfig", config(document.path("container_config")));
    }
    json.put("DockerVersion", JsonFields.text(document, "docker_version"));
    json.put("Author", JsonFields.text(document, "author"));
    json.set("Config", config(document.path("config")));
    json.put("Architecture", image.architecture());
    String variant = JsonFields.text(document, "variant");
    if (!variant.isEmpty()) {
      json.put("Variant", variant);
    }
    json.put("Os", image.os());
    json.put("Size", image.sizeBytes());
    if (!version.atLeast(44)) {
      json.put("VirtualSize", image.sizeBytes());
    }
    graphDriver(json.putObject("GraphDriver"), record);
    ObjectNode rootFs = json.putObject("RootFS").put("Type", "layers");
    image.layers().forEach(layer -> rootFs.withArray("Layers").add(layer.toString()));
    json.putObject("Metadata").put("LastTagTime", record.lastTagged().toString());
    return json;
  }

  /** What the document says, else what its last step says. */
  private static String comment(ObjectNode document) {
    String comment = JsonFields.text(document, "comment");
    JsonNode history = document.path("history");
    return comment.isEmpty() && !history.isEmpty()
        ? JsonFields.text(history.get(history.size() - 1), "comment")
        : comment;
  }

  private void graphDriver(ObjectNode json, ImageRecord record) throws IOException {
    ObjectNode data = json.putObject("Data");
    List<Path> roots = store.layers().roots(record.chain());
    if (roots.size() > 1) {
      List<String> lowers = roots.stream().skip(1).map(Path::toString).toList();
      data.put("LowerDir", String.join(":", lowers));
    }
    if (!roots.isEmpty()) {
      data.put("UpperDir", roots.getFirst().toString());
    }
    json.put("Name", "overlay2");
  }

  /** Docker's container configuration: an image's, with the fields images leave out. */
  private static ObjectNode config(JsonNode config) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    for (String name : List.of("Hostname", "Domainname", "User")) {
      json.put(name, JsonFields.text(config, name));
    }
    for (String name : List.of("AttachStdin", "AttachStdout", "AttachStderr")) {
      json.put(name, JsonFields.flag(config, name));
    }
    copy(config, json, "ExposedPorts");
    for (String name : List.of("Tty", "OpenStdin", "StdinOnce")) {
      json.put(name, JsonFields.flag(config, name));
    }
    orNull(config, json, "Env", "Cmd");
    copy(config, json, "Healthcheck");
    copy(config, json, "ArgsEscaped");
    json.put("Image", JsonFields.text(config, "Image"));
    orNull(config, json, "Volumes");
    json.put("WorkingDir", JsonFields.text(config, "WorkingDir"));
    orNull(config, json, "Entrypoint", "OnBuild", "Labels");
    copy(config, json, "StopSignal");
    copy(config, json, "Shell");
    return json;
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    JsonNode value = from.path(field);
    if (!value.isMissingNode() && !value.isNull()) {
      to.set(field, value);
    }
  }

  private static void orNull(JsonNode from, ObjectNode to, String... fields) {
    for (String field : fields) {
      to.putNull(field);
      copy(from, to, field);
    }
  }

  /** The answer to {@code GET /images/{name}/history}, newest step first. */
  ArrayNode history(Image image) throws ApiException {
    ConfigDocument document = store.document(image.id());
    ArrayNode steps = Json.MAPPER.createArrayNode();
    int layer = 0;
    List<Digest> chain = store.record(image.id()).chain();
    for (JsonNode step : document.history()) {
      boolean empty = JsonFields.flag(step, "empty_layer");
      Optional<Layer> found =
          empty || layer >= chain.size() ? Optional.empty() : store.layers().find(chain.get(layer));
      layer += empty ? 0 : 1;
      ObjectNode json = Json.MAPPER.createObjectNode();
      json.put("Id", "<missing>");
      json.put(
          "Created", ConfigDocument.instant(JsonFields.text(step, "created")).getEpochSecond());
      json.put("CreatedBy", JsonFields.text(step, "created_by"));
      json.putNull("Tags");
      json.put("Size", found.map(Layer::sizeBytes).orElse(0L));
      json.put("Comment", JsonFields.text(step, "comment"));
      steps.insert(0, json);
    }
    identify(image, steps);
    return steps;
  }

  private void identify(Image image, ArrayNode steps) throws ApiException {
    Optional<Digest> id = Optional.of(image.id());
    for (int i = 0; i < steps.size() && id.isPresent(); i++) {
      ObjectNode step = (ObjectNode) steps.get(i);
      step.put("Id", id.get().toString());
      List<ImageReference> names = store.references(id.get());
      if (!names.isEmpty()) {
        names.forEach(name -> step.withArray("Tags").add(name.familiar()));
      }
      id = store.record(id.get()).parent().filter(parent -> store.image(parent).isPresent());
    }
  }

  /** The lines of {@code DELETE /images/{name}} and of a prune. */
  static ArrayNode removed(List<Removed> removed) {
    ArrayNode json = Json.MAPPER.createArrayNode();
    for (Removed one : removed) {
      switch (one) {
        case Removed.Untagged name -> json.addObject().put("Untagged", name.name());
        case Removed.DeletedImage image ->
            json.addObject().put("Deleted", image.image().toString());
        case Removed.DeletedLayer layer ->
            json.addObject().put("Deleted", layer.chainId().toString());
      }
    }
    return json;
  }
}
