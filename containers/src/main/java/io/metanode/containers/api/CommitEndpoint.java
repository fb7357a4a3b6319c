package io.metanode.containers.api;

import io.metanode.containers.build.ConfigChanges;
import io.metanode.containers.engine.Container;
import io.metanode.containers.engine.Definition;
import io.metanode.containers.engine.Engine;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageEvents;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.StepImages;
import io.metanode.containers.image.StepImages.Description;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /commit}. */
public final class CommitEndpoint {

  /** What of a container's configuration is an image's. */
  private static final List<String> IMAGE_FIELDS =
      List.of(
          "User",
          "ExposedPorts",
          "Env",
          "Entrypoint",
          "Cmd",
          "Healthcheck",
          "Volumes",
          "WorkingDir",
          "Labels",
          "StopSignal",
          "Shell",
          "OnBuild");

  private final Engine engine;
  private final StepImages images;
  private final ImageStore store;
  private final ImageEvents events;
  private final String architecture;

  /**
   * @param architecture of images whose parent is gone, for example {@code amd64}
   */
  public CommitEndpoint(
      Engine engine, StepImages images, ImageStore store, ImageEvents events, String architecture) {
    this.engine = engine;
    this.images = images;
    this.store = store;
    this.events = events;
    this.architecture = architecture;
  }

  public void register(Router router) {
    router.route("POST", "/commit", this::commit);
  }

  private void commit(HttpExchange exchange) throws ApiException, IOException {
    JsonNode body = exchange.json();
    Container container = engine.containers().resolve(exchange.query("container").orElse(""));
    String repository = exchange.query("repo").orElse("");
    Optional<ImageReference> name =
        repository.isEmpty()
            ? Optional.empty()
            : Optional.of(ImageEndpoints.reference(repository, exchange.query("tag").orElse("")));
    ObjectNode config = imageConfig(container.definition(), body);
    ConfigChanges.apply(config, exchange.queries("changes"));
    Definition definition = container.definition();
    Optional<Image> parent = store.image(definition.imageId());
    Description description =
        new Description(
            parent.map(Image::id),
            config,
            String.join(" ", definition.config().command()),
            exchange.query("comment").orElse(""),
            exchange.query("author").orElse(""),
            parent.map(Image::architecture).orElse(architecture),
            Optional.empty());
    if (parent.isEmpty()) {
      throw ApiException.conflict(
          "the image of the container is gone: docker export CONTAINER | docker import - IMAGE"
              + " keeps its files");
    }
    ObjectNode arguments = Json.MAPPER.createObjectNode();
    arguments.set("config", config);
    arguments
        .put("author", description.author())
        .put("comment", description.comment())
        .put("name", name.map(ImageReference::toString).orElse(""));
    Digest id =
        engine.commit(
            exchange.actor(),
            container,
            exchange.flag("pause", true),
            name.map(ImageReference::toString),
            arguments,
            snapshot -> {
              Digest made = images.add(description, snapshot::archiveChanges);
              store.settle();
              if (name.isPresent()) {
                var _ = store.tag(name.get(), made);
              }
              events.made(made);
              Optional<Image> image = store.image(made);
              name.ifPresent(given -> image.ifPresent(one -> events.named(one, given)));
              return made;
            });
    exchange.send(201, Json.MAPPER.createObjectNode().put("Id", id.toString()));
  }

  /** The container's configuration as an image's; what the client sends goes first. */
  private static ObjectNode imageConfig(Definition definition, JsonNode asked) {
    ObjectNode config = Json.MAPPER.createObjectNode();
    JsonNode own = definition.config().json();
    for (String field : IMAGE_FIELDS) {
      JsonNode sent = asked.path(field);
      JsonNode value = isGiven(sent) ? sent : own.path(field);
      if (isGiven(value)) {
        config.set(field, value.deepCopy());
      }
    }
    return config;
  }

  private static boolean isGiven(JsonNode value) {
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isContainer() && value.isEmpty())
        && !(value.isString() && value.stringValue().isEmpty());
  }
}
