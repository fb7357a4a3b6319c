package io.metanode.containers.api;

import io.metanode.containers.build.ConfigChanges;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.ImageImport.Description;
import io.metanode.containers.image.ImageLoad.Loaded;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.image.ImageSave;
import io.metanode.containers.image.LoadProgress;
import io.metanode.containers.image.ReceiptedImages;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.registry.RemoteFile;
import io.metanode.containers.registry.RemoteFiles;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code /images}: loading, saving and importing archives. */
public final class ImageEndpointsArchives {

  private static final int BAD_REQUEST = 400;

  private final ReceiptedImages images;
  private final ImageSave save;
  private final ImageEndpointsRegistry registry;
  private final RemoteFiles files;
  private final String architecture;

  /**
   * @param registry pulls, which share a path with imports
   * @param files archives that lie elsewhere
   * @param architecture of this host, for example {@code amd64}
   */
  public ImageEndpointsArchives(
      ReceiptedImages images,
      ImageSave save,
      ImageEndpointsRegistry registry,
      RemoteFiles files,
      String architecture) {
    this.images = images;
    this.save = save;
    this.registry = registry;
    this.files = files;
    this.architecture = architecture;
  }

  public void register(Router router) {
    router.route("POST", "/images/load", this::load);
    router.route("GET", "/images/get", this::saveSeveral);
    router.route("GET", "/images/{name...}/get", this::saveOne);
    router.route("POST", "/images/create", this::create);
  }

  private void load(HttpExchange exchange) throws ApiException, IOException {
    JsonMessages messages = new JsonMessages(exchange);
    boolean quiet = exchange.flag("quiet", false);
    LoadProgress progress = quiet ? LoadProgress.NONE : progress(messages);
    try {
      for (Loaded loaded : images.load(exchange.actor(), exchange.body(), progress)) {
        report(loaded, messages);
      }
      messages.close();
    } catch (ApiException | IOException | RuntimeException e) {
      // As in Docker, what is wrong with an archive is told where its layers are.
      if (ApiException.of(e).status() == BAD_REQUEST) {
        messages.begin();
      }
      messages.fail(e);
    }
  }

  private static LoadProgress progress(JsonMessages messages) {
    return (layer, current, total) -> {
      ObjectNode message = JsonMessages.message();
      message.put("status", "Loading layer");
      message.putObject("progressDetail").put("current", current).put("total", total);
      message.put("id", layer);
      messages.send(message);
    };
  }

  private static void report(Loaded loaded, JsonMessages messages) throws IOException {
    String name = loaded.name().map(ImageReference::familiar).orElse("");
    if (loaded.renamed().isPresent()) {
      stream(
          messages,
          "The image "
              + name
              + " already exists, renaming the old one with ID "
              + loaded.renamed().get()
              + " to empty string");
    }
    stream(messages, name.isEmpty() ? "Loaded image ID: " + loaded.id() : "Loaded image: " + name);
  }

  private static void stream(JsonMessages messages, String text) throws IOException {
    messages.send(JsonMessages.message().put("stream", text + "\n"));
  }

  private void saveOne(HttpExchange exchange) throws ApiException, IOException {
    save(exchange, List.of(exchange.parameter("name")));
  }

  private void saveSeveral(HttpExchange exchange) throws ApiException, IOException {
    save(exchange, exchange.queries("names"));
  }

  private void save(HttpExchange exchange, List<String> names) throws ApiException, IOException {
    if (exchange.queries("platform").size() > 1) {
      throw ApiException.badRequest("multiple platform parameters not supported");
    }
    Map<Digest, List<ImageReference>> selected = save.select(names);
    try (OutputStream out = exchange.stream(200, "application/x-tar")) {
      save.write(selected, out);
    }
    selected.keySet().forEach(images::saved);
  }

  private void create(HttpExchange exchange) throws ApiException, IOException {
    if (!exchange.query("fromImage").orElse("").isEmpty()) {
      registry.pull(exchange);
      return;
    }
    String source = exchange.query("fromSrc").orElse("");
    if (source.equals("-")) {
      Import asked = asked(exchange, source);
      take(exchange, asked, exchange.body(), new JsonMessages(exchange));
      return;
    }
    String address = source.contains("://") ? source : "http://" + source;
    Import asked = asked(exchange, address);
    images.refuseImport(exchange.actor(), asked.name(), address);
    JsonMessages messages = new JsonMessages(exchange);
    try (RemoteFile file = files.open(address)) {
      messages.send(JsonMessages.message().put("status", "Downloading from " + file.address()));
      take(exchange, asked, file.body(), messages);
    } catch (ApiException | IOException | RuntimeException e) {
      messages.fail(e);
    }
  }

  /** What an import is to become. */
  private record Import(Optional<ImageReference> name, Description description) {}

  private void take(HttpExchange exchange, Import asked, InputStream archive, JsonMessages messages)
      throws ApiException, IOException {
    Digest id = images.importArchive(exchange.actor(), archive, asked.name(), asked.description());
    messages.send(JsonMessages.message().put("status", id.toString()));
    messages.close();
  }

  private Import asked(HttpExchange exchange, String source) throws ApiException {
    String repository = exchange.query("repo").orElse("");
    Optional<ImageReference> name =
        repository.isEmpty()
            ? Optional.empty()
            : Optional.of(ImageEndpoints.reference(repository, exchange.query("tag").orElse("")));
    ObjectNode config = Json.MAPPER.createObjectNode();
    ConfigChanges.apply(config, exchange.queries("changes"));
    String comment =
        exchange
            .query("message")
            .filter(message -> !message.isEmpty())
            .orElse("Imported from " + source);
    ObjectNode step = Json.MAPPER.createObjectNode().put("comment", comment);
    Description description = new Description(config, step, comment, "", architecture(exchange));
    return new Import(name, description);
  }

  /** The architecture of the parameter {@code platform}, {@code linux/amd64}; else this host's. */
  private String architecture(HttpExchange exchange) throws ApiException {
    String platform = exchange.query("platform").orElse("");
    if (platform.isEmpty()) {
      return architecture;
    }
    Platform wanted = Platform.require(platform, new Platform("linux", architecture, ""));
    if (!wanted.os().equals("linux")) {
      throw ApiException.badRequest("operating system is not supported: " + wanted.os());
    }
    return wanted.architecture();
  }
}
