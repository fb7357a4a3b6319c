package io.metanode.containers.api;

import io.metanode.containers.build.BuildRequest;
import io.metanode.containers.buildkit.BuildKit;
import io.metanode.containers.http.ApiException;
import io.metanode.containers.http.HttpExchange;
import io.metanode.containers.http.Router;
import io.metanode.containers.registry.Credentials;
import io.metanode.foundation.Digest;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code POST /build?version=2}: a build from a session's directories, as clients before version 23
 * ask for it, its progress in JSON; and {@code POST /build/cancel}.
 */
public final class SessionBuildEndpoint {

  private static final String DIRECTORIES = "client-session";

  private final BuildKit buildKit;

  /** The builds that go on, and whether they are called off. */
  private final Map<Named, AtomicBoolean> going = new ConcurrentHashMap<>();

  private record Named(Actor actor, String id) {}

  public SessionBuildEndpoint(BuildKit buildKit) {
    this.buildKit = buildKit;
  }

  public void register(Router router) {
    router.route("POST", "/build/cancel", this::cancel);
  }

  private void cancel(HttpExchange exchange) throws ApiException, IOException {
    String id = exchange.query("id").orElse("");
    AtomicBoolean cancelled = going.get(new Named(exchange.actor(), id));
    if (cancelled == null) {
      throw ApiException.notFound("no such build: " + id);
    }
    cancelled.set(true);
    exchange.send(200);
  }

  /**
   * Ends the session of a request that is refused. Clients of version 20 wait for theirs for ever
   * where the answer comes before they know that it is open.
   */
  void end(HttpExchange exchange) throws IOException {
    String session = exchange.query("session").orElse("");
    if (!session.isEmpty()) {
      buildKit.endSession(session, exchange.actor());
    }
  }

  /**
   * @param credentials that came with the request, by the name of the registry
   */
  void build(HttpExchange exchange, BuildRequest request, Map<String, Credentials> credentials)
      throws ApiException, IOException {
    String remote = exchange.query("remote").orElse("");
    if (!remote.isEmpty() && !remote.equals(DIRECTORIES)) {
      throw new ApiException(
          501,
          "building from \""
              + remote
              + "\" is not supported by this client's BuildKit: build from a directory, with docker"
              + " buildx, or with DOCKER_BUILDKIT=0");
    }
    String session = exchange.query("session").orElse("");
    String ref = exchange.query("buildid").orElse("");
    JsonMessages messages = new JsonMessages(exchange);
    Named named = new Named(exchange.actor(), ref);
    AtomicBoolean cancelled = new AtomicBoolean();
    going.put(named, cancelled);
    BuildKit.Output output =
        new BuildKit.Output(
            ref,
            trace ->
                messages.send(
                    JsonMessages.message().put("id", "moby.buildkit.trace").put("aux", trace)),
            () -> cancelled.get() || exchange.peerGone());
    try {
      Digest image =
          remote.isEmpty()
              ? buildKit.build(
                  exchange.actor(), request, exchange.body(), session, credentials, output)
              : buildKit.build(exchange.actor(), request, session, output);
      if (exchange.flag("q", false)) {
        messages.send(JsonMessages.message().put("stream", image + "\n"));
      }
      var done = JsonMessages.message().put("id", "moby.image.id");
      done.putObject("aux").put("ID", image.toString());
      messages.send(done);
      messages.close();
    } catch (ApiException | IOException | RuntimeException e) {
      messages.fail(e);
    } finally {
      going.remove(named, cancelled);
    }
  }
}
