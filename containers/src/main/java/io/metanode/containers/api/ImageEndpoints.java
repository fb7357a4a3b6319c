package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.Image;
import io.metanode.containers.image.ImageQuery;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageRemoval.Removed;
import io.metanode.containers.image.ImageStore;
import io.metanode.containers.image.ReceiptedImages;
import io.metanode.containers.image.layer.Layer;
import io.metanode.foundation.Clock;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /images}: listing, inspecting, naming, removing. */
public final class ImageEndpoints {

  private static final Set<String> LIST_FILTERS =
      Set.of("dangling", "label", "before", "since", "until", "reference");
  private static final Set<String> PRUNE_FILTERS = Set.of("dangling", "label", "label!", "until");

  private final ReceiptedImages images;
  private final ImageStore store;
  private final ImageEndpointsJson json;
  private final Clock clock;

  public ImageEndpoints(ReceiptedImages images, Clock clock) {
    this.images = images;
    this.store = images.store();
    this.json = new ImageEndpointsJson(store);
    this.clock = clock;
  }

  public void register(Router router) {
    router.route("GET", "/images/json", this::list);
    router.route("GET", "/images/{name...}/json", this::inspect);
    router.route("GET", "/images/{name...}/history", this::history);
    router.route("POST", "/images/{name...}/tag", this::tag);
    router.route("DELETE", "/images/{name...}", this::remove);
    router.route("POST", "/images/prune", this::prune);
  }

  private void list(HttpExchange exchange) throws ApiException, IOException {
    Map<String, List<String>> filters = QueryFilters.of(exchange);
    QueryFilters.requireKnown(filters, LIST_FILTERS);
    exchange.query("filter").ifPresent(name -> filters.put("reference", List.of(name)));
    ImageQuery query = new ImageQuery(store, filters, clock.now());
    boolean all = exchange.flag("all", false);
    Map<Digest, Integer> uses = exchange.flag("shared-size", false) ? layerUses() : Map.of();
    ArrayNode answer = Json.MAPPER.createArrayNode();
    for (Image image : query.select()) {
      if (all || !store.isIntermediate(image.id())) {
        long shared = exchange.flag("shared-size", false) ? sharedSize(image, uses) : -1;
        answer.add(json.summary(image, query.names(image), exchange.version(), shared));
      }
    }
    exchange.send(200, answer);
  }

  private Map<Digest, Integer> layerUses() throws ApiException {
    Map<Digest, Integer> uses = new HashMap<>();
    for (Image image : store.all()) {
      store.record(image.id()).chain().forEach(layer -> uses.merge(layer, 1, Integer::sum));
    }
    return uses;
  }

  private long sharedSize(Image image, Map<Digest, Integer> uses) throws ApiException {
    return store.record(image.id()).chain().stream()
        .filter(layer -> uses.getOrDefault(layer, 0) > 1)
        .mapToLong(layer -> store.layers().find(layer).map(Layer::sizeBytes).orElse(0L))
        .sum();
  }

  private void inspect(HttpExchange exchange) throws ApiException, IOException {
    Image image = store.resolve(exchange.parameter("name"));
    exchange.send(200, json.inspection(image, exchange.version()));
  }

  private void history(HttpExchange exchange) throws ApiException, IOException {
    exchange.send(200, json.history(store.resolve(exchange.parameter("name"))));
  }

  private void tag(HttpExchange exchange) throws ApiException, IOException {
    ImageReference name =
        reference(exchange.query("repo").orElse(""), exchange.query("tag").orElse(""));
    images.tag(exchange.actor(), exchange.parameter("name"), name);
    exchange.send(201);
  }

  /** A repository and a tag, given apart. */
  static ImageReference reference(String repository, String tag) throws ApiException {
    ImageReference name = ImageReference.parse(repository);
    if (name.digest().isPresent()) {
      throw ApiException.badRequest("refusing to create a tag with a digest reference");
    }
    if (name.familiarName().equals("sha256")) {
      throw ApiException.badRequest(
          "refusing to create an ambiguous tag using digest algorithm as name");
    }
    return tag.isEmpty() ? name.orLatest() : ImageReference.parse(name.name() + ":" + tag);
  }

  private void remove(HttpExchange exchange) throws ApiException, IOException {
    if (exchange.parameter("name").isBlank()) {
      throw ApiException.badRequest("image name cannot be blank");
    }
    List<Removed> removed =
        images.remove(
            exchange.actor(),
            exchange.parameter("name"),
            exchange.flag("force", false),
            !exchange.flag("noprune", false));
    exchange.send(200, ImageEndpointsJson.removed(removed));
  }

  private void prune(HttpExchange exchange) throws ApiException, IOException {
    Map<String, List<String>> filters = QueryFilters.of(exchange);
    QueryFilters.requireKnown(filters, PRUNE_FILTERS);
    ImageQuery query = new ImageQuery(store, filters, clock.now());
    List<Removed> removed =
        images.prune(exchange.actor(), query, exchange.query("filters").orElse(""));
    ObjectNode answer = Json.MAPPER.createObjectNode();
    if (removed.isEmpty()) {
      answer.putNull("ImagesDeleted");
    } else {
      answer.set("ImagesDeleted", ImageEndpointsJson.removed(removed));
    }
    answer.put("SpaceReclaimed", ReceiptedImages.reclaimed(removed));
    exchange.send(200, answer);
  }
}
