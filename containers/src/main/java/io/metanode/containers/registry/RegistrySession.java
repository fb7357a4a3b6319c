package io.metanode.containers.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One operation's talk with one registry: finds out how it is reached, shows credentials when it
 * asks for them, follows where it sends. Safe for several threads.
 *
 * <p>Credentials and tokens go to the registry itself and to the authorization server it names,
 * never to where it sends the engine for content.
 */
public final class RegistrySession {

  static final String DOCKER_HUB = "docker.io";
  private static final String DOCKER_HUB_HOST = "registry-1.docker.io";
  private static final int MOST_REDIRECTS = 10;
  private static final Duration SENDING = Duration.ofMinutes(10);

  private final RegistryClients clients;
  private final String authority;
  private final Credentials credentials;
  private final List<String> scopes;
  private volatile @Nullable URI base;
  private volatile @Nullable String authorization;

  /**
   * @param domain the registry as names of images have it
   * @param scopes what a token must allow, such as {@code repository:a/b:pull}
   */
  public RegistrySession(
      RegistryClients clients, String domain, Credentials credentials, List<String> scopes) {
    this.clients = clients;
    this.authority = domain.equals(DOCKER_HUB) ? DOCKER_HUB_HOST : domain;
    this.credentials = credentials;
    this.scopes = List.copyOf(scopes);
  }

  /** The same, without credentials, with a mirror of the registry. */
  RegistrySession(RegistryClients clients, URI mirror, List<String> scopes) {
    this.clients = clients;
    this.authority = mirror.getAuthority();
    this.credentials = Credentials.NONE;
    this.scopes = List.copyOf(scopes);
    this.base = mirror;
  }

  String authority() {
    return authority;
  }

  Patience patience() {
    return clients.patience();
  }

  /**
   * Sends a request, once more with credentials if the registry asks for them. Whatever the answer
   * then is, it is the caller's to judge and to close.
   *
   * @throws IOException if no answer came
   */
  RegistryResponse send(RegistryRequest request) throws IOException {
    URI root = base();
    URI target = root.resolve(request.target());
    boolean asked = false;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; ) {
      boolean ours = isSameOrigin(target, root);
      String shown = ours ? authorization : null;
      RegistryResponse response = exchange(request, target, shown);
      if (response.status() == 401 && ours && !asked) {
        asked = true;
        authorize(response, root, shown);
      } else if (isRedirect(response.status()) && request.isReading()) {
        redirects++;
        try (response) {
          target = named(response, root);
        }
      } else {
        return response;
      }
    }
    throw RegistryException.broken(
        authority + " redirected " + request.target() + " more than " + MOST_REDIRECTS + " times");
  }

  /** Gets an authorization, unless another thread has got a new one since. */
  private synchronized void authorize(RegistryResponse refused, URI root, @Nullable String shown)
      throws IOException {
    try (refused) {
      if (authorization == null || authorization.equals(shown)) {
        Challenge challenge =
            Challenge.of(refused.headers().allValues("WWW-Authenticate"))
                .orElseThrow(
                    () -> RegistryException.broken(authority + " sent 401 without a challenge"));
        authorization =
            switch (challenge) {
              case Challenge.Basic() -> basic();
              case Challenge.Bearer bearer ->
                  new TokenRequest(this, credentials, scopes).token(bearer, root);
            };
      }
    }
  }

  private String basic() throws RegistryException {
    if (!credentials.hasPassword()) {
      throw new RegistryException(
          401,
          "UNAUTHORIZED",
          "no basic auth credentials for " + authority + "; docker login " + authority);
    }
    return credentials.basic();
  }

  /**
   * Where an answer sends the engine.
   *
   * @throws RegistryException if that is no address, or less safe than the registry
   */
  URI named(RegistryResponse response) throws IOException {
    return named(response, base());
  }

  private URI named(RegistryResponse response, URI root) throws RegistryException {
    String location = response.header("Location").orElse("");
    try {
      URI next = response.target().resolve(location);
      requireHttp(next);
      requireAsSafe(root, next, clients.isInsecure(next.getAuthority()));
      return next;
    } catch (IllegalArgumentException e) {
      throw RegistryException.broken(
          authority + " named an address that is none: \"" + location + "\"");
    }
  }

  /** From https to http leads no way, but to a host that was configured to be insecure. */
  static void requireAsSafe(URI root, URI next, boolean insecure) throws RegistryException {
    if (root.getScheme().equalsIgnoreCase("https")
        && next.getScheme().equalsIgnoreCase("http")
        && !insecure) {
      throw RegistryException.broken(
          root.getAuthority() + " leads from https to " + shown(next) + "; refused");
    }
  }

  static void requireHttp(URI target) throws RegistryException {
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http") || scheme.equals("https");
    if (!http || target.getHost() == null || target.getUserInfo() != null) {
      throw RegistryException.broken("a registry named an address that is none: " + target);
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static boolean isSameOrigin(URI a, URI b) {
    return String.valueOf(a.getScheme()).equalsIgnoreCase(b.getScheme())
        && String.valueOf(a.getHost()).equalsIgnoreCase(b.getHost())
        && port(a) == port(b);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }

  /** One request and its answer, whatever it is. */
  RegistryResponse exchange(RegistryRequest request, URI target, @Nullable String shown)
      throws IOException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target)
            .timeout(request.isReading() ? patience().answer() : SENDING)
            .setHeader("User-Agent", "metanode")
            .method(request.method(), request.body().get());
    request.headers().forEach(header -> builder.header(header.name(), header.value()));
    if (shown != null) {
      builder.setHeader("Authorization", shown);
    }
    try {
      HttpResponse<InputStream> response =
          clients
              .client(target.getAuthority())
              .send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
      return new RegistryResponse(
          target,
          response.statusCode(),
          response.headers(),
          new WatchedBody(response.body(), patience()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + target.getHost() + " was asked");
    } catch (IOException e) {
      String reason =
          e.getMessage() == null
              ? "cannot be reached: is the name right, and does it listen there?"
              : e.getMessage();
      throw new IOException(request.method() + " \"" + shown(target) + "\": " + reason, e);
    }
  }

  /** Without its query, which may hold a signature. */
  private static String shown(URI target) {
    return target.getScheme() + "://" + target.getAuthority() + target.getPath();
  }

  /** Where it is: with TLS, or without where it is insecure and does not speak it. */
  URI base() throws IOException {
    URI known = base;
    if (known != null) {
      return known;
    }
    URI secure = URI.create("https://" + authority);
    if (clients.isInsecure(authority)) {
      try (RegistryResponse response = exchange(ping(), secure.resolve("/v2/"), null)) {
        known = response.target().resolve("/");
      } catch (IOException e) {
        known = URI.create("http://" + authority + "/");
      }
    } else {
      known = secure.resolve("/");
    }
    base = known;
    return known;
  }

  private static RegistryRequest ping() {
    return RegistryRequest.of("GET", URI.create("/v2/"));
  }

  /**
   * Asks whether the registry knows who asks.
   *
   * @throws RegistryException if it does not
   */
  public void check() throws IOException {
    try (RegistryResponse response = send(ping())) {
      if (response.status() != 200) {
        throw response.refusal("Get \"" + base().resolve("/v2/") + "\"");
      }
    }
  }
}
