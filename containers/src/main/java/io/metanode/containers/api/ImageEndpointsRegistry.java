package io.metanode.containers.api;

import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Json;
import io.metanode.containers.http.Router;
import io.metanode.containers.image.ImageReference;
import io.metanode.containers.registry.Credentials;
import io.metanode.containers.registry.Platform;
import io.metanode.containers.transfer.DistributionInspect;
import io.metanode.containers.transfer.PullRequest;
import io.metanode.containers.transfer.Pulled;
import io.metanode.containers.transfer.PushRequest;
import io.metanode.containers.transfer.Pushed;
import io.metanode.containers.transfer.ReceiptedTransfers;
import io.metanode.containers.transfer.TransferProgress;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /images} and {@code /auth}, where registries are asked. */
public final class ImageEndpointsRegistry {

  private static final String AUTHENTICATION = "X-Registry-Auth";

  private final ReceiptedTransfers transfers;
  private final Platform host;

  /**
   * @param host what runs here
   */
  public ImageEndpointsRegistry(ReceiptedTransfers transfers, Platform host) {
    this.transfers = transfers;
    this.host = host;
  }

  public void register(Router router) {
    router.route("POST", "/auth", this::login);
    router.route("POST", "/images/{name...}/push", this::push);
    router.route("GET", "/distribution/{name...}/json", this::inspect);
  }

  /** {@code POST /images/create?fromImage=…}. */
  void pull(HttpExchange exchange) throws ApiException, IOException {
    String image = exchange.query("fromImage").orElse("");
    String tag = exchange.query("tag").orElse("");
    ImageReference name =
        ImageReference.parse(tag.isEmpty() ? image : image + (tag.contains(":") ? "@" : ":") + tag);
    String text = exchange.query("platform").orElse("");
    Platform platform = text.isEmpty() ? host : Platform.require(text, host);
    Credentials credentials = Credentials.ofHeader(exchange.header(AUTHENTICATION));
    PullRequest request = new PullRequest(name, platform, !text.isEmpty(), credentials);
    tell(
        exchange,
        progress -> report(request, transfers.pull(exchange.actor(), request, progress), progress));
  }

  /** What is transferred while a client is told of it. */
  private interface Transfer {
    void run(TransferProgress progress) throws ApiException, IOException;
  }

  private static void tell(HttpExchange exchange, Transfer transfer)
      throws ApiException, IOException {
    JsonMessages messages = new JsonMessages(exchange);
    try {
      transfer.run(new TransferMessages(messages));
      messages.close();
    } catch (ApiException | IOException | RuntimeException e) {
      messages.fail(e);
    }
  }

  private static void report(PullRequest request, List<Pulled> pulled, TransferProgress messages)
      throws IOException {
    boolean isNew = false;
    for (Pulled image : pulled) {
      messages.status("", "Digest: " + image.manifest());
      isNew |= image.isNew();
      if (request.chosen() && !request.platform().runs(image.platform())) {
        messages.status(
            "",
            "WARNING: image with reference "
                + image.name().familiar()
                + " was found but does not match the specified platform: wanted "
                + request.platform()
                + ", actual: "
                + image.platform());
      }
    }
    messages.status(
        "",
        (isNew ? "Status: Downloaded newer image for " : "Status: Image is up to date for ")
            + request.reference().familiar());
  }

  private void push(HttpExchange exchange) throws ApiException, IOException {
    ImageReference name = ImageReference.parse(exchange.parameter("name"));
    if (name.digest().isPresent()) {
      throw ApiException.badRequest("cannot push a digest reference");
    }
    String tag = exchange.query("tag").orElse("");
    if (!tag.isEmpty()) {
      name = ImageReference.parse(name.name() + ":" + tag);
    }
    PushRequest request =
        new PushRequest(name, Credentials.ofHeader(exchange.header(AUTHENTICATION)));
    tell(
        exchange,
        progress -> {
          for (Pushed image : transfers.push(exchange.actor(), request, progress)) {
            progress.pushed(
                image.name().tag().orElse(ImageReference.DEFAULT_TAG),
                image.manifest().digest().toString(),
                image.manifest().size());
          }
        });
  }

  private void inspect(HttpExchange exchange) throws ApiException, IOException {
    ImageReference name = ImageReference.parse(exchange.parameter("name"));
    DistributionInspect.Answer answer;
    try {
      answer = transfers.inspect(name, Credentials.ofHeader(exchange.header(AUTHENTICATION)));
    } catch (IOException e) {
      throw ApiException.internal(String.valueOf(e.getMessage()));
    }
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.putObject("Descriptor")
        .put("mediaType", answer.descriptor().mediaType())
        .put("digest", answer.descriptor().digest().toString())
        .put("size", answer.descriptor().size());
    ArrayNode platforms = json.putArray("Platforms");
    for (Platform platform : answer.platforms()) {
      ObjectNode one = platforms.addObject();
      one.put("architecture", platform.architecture()).put("os", platform.os());
      if (!platform.variant().isEmpty()) {
        one.put("variant", platform.variant());
      }
    }
    exchange.send(200, json);
  }

  private void login(HttpExchange exchange) throws ApiException, IOException {
    JsonNode body = exchange.json();
    String address = body.path("serveraddress").asString("");
    try {
      transfers.login(exchange.actor(), registry(address), Credentials.ofJson(body));
    } catch (IOException e) {
      throw ApiException.internal(String.valueOf(e.getMessage()));
    }
    exchange.send(
        200,
        Json.MAPPER.createObjectNode().put("Status", "Login Succeeded").put("IdentityToken", ""));
  }

  /** Docker Hub goes by the address of its older version. */
  private static String registry(String address) throws ApiException {
    String host = address.replaceFirst("^https?://", "").split("/", 2)[0];
    if (host.isEmpty() || host.equals("index.docker.io") || host.equals("registry-1.docker.io")) {
      return "docker.io";
    }
    return ImageReference.parse(host + "/name").domain();
  }
}
