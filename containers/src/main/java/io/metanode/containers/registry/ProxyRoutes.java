package io.metanode.containers.registry;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies lead to registries, as the environment says: {@code HTTPS_PROXY}, {@code
 * HTTP_PROXY} and {@code NO_PROXY}, or the same in small letters.
 *
 * @param http the proxy of registries without TLS
 * @param https the proxy of registries with TLS
 * @param direct what is reached without: {@code *}, a host with all below it, {@code .domain} for
 *     what is below it alone, an address, a network; each but {@code *} and networks with a port or
 *     without. Loopback always is.
 */
public record ProxyRoutes(Optional<URI> http, Optional<URI> https, List<String> direct) {

  public static final ProxyRoutes NONE =
      new ProxyRoutes(Optional.empty(), Optional.empty(), List.of());

  public ProxyRoutes {
    direct = List.copyOf(direct);
  }

  /**
   * @throws IllegalArgumentException if a proxy is no {@code http://} address of a host
   */
  public static ProxyRoutes of(Map<String, String> environment) {
    return new ProxyRoutes(
        proxy(environment, "HTTP_PROXY"),
        proxy(environment, "HTTPS_PROXY"),
        Stream.of(value(environment, "NO_PROXY").split(","))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  private static String value(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    return upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
  }

  private static Optional<URI> proxy(Map<String, String> environment, String name) {
    String text = value(environment, name).strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI uri = URI.create(text.contains("://") ? text : "http://" + text);
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          name + " is no proxy as they are supported here: http:// and a host");
    }
    return Optional.of(uri);
  }

  /** A proxy for people to read: without its password. */
  public static String shown(Optional<URI> proxy) {
    return proxy.map(uri -> uri.toString().replaceFirst("//[^@/]*@", "//xxxxx:xxxxx@")).orElse("");
  }

  ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI target) {
        return List.of(route(target));
      }

      @Override
      public void connectFailed(URI target, SocketAddress proxy, IOException failure) {}
    };
  }

  private Proxy route(URI target) {
    boolean secure = "https".equalsIgnoreCase(target.getScheme());
    Optional<URI> proxy = (secure ? https : http).filter(_ -> !isDirect(target, secure));
    return proxy
        .map(
            uri ->
                new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved(
                        uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort())))
        .orElse(Proxy.NO_PROXY);
  }

  private boolean isDirect(URI target, boolean secure) {
    String host = String.valueOf(target.getHost()).toLowerCase(Locale.ROOT);
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
    Optional<InetAddress> address = literal(name);
    return name.equals("localhost")
        || address.filter(InetAddress::isLoopbackAddress).isPresent()
        || direct.stream().anyMatch(entry -> covers(entry, name, port, address));
  }

  private static boolean covers(
      String entry, String name, int port, Optional<InetAddress> address) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.contains("/")) {
      return address.filter(own -> InsecureHosts.covers(entry, own)).isPresent();
    }
    String host = entry;
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && entry.indexOf(':') == colon) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      host = entry.substring(0, colon);
    }
    String below = host.startsWith("*.") ? host.substring(1) : host;
    return below.startsWith(".")
        ? name.endsWith(below)
        : name.equals(below) || (address.isEmpty() && name.endsWith("." + below));
  }

  private static Optional<InetAddress> literal(String name) {
    try {
      return Optional.of(InetAddress.ofLiteral(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Tells a proxy, and nobody else, the name and password its address has. */
  Optional<Authenticator> authenticator() {
    if (Stream.of(http, https)
        .flatMap(Optional::stream)
        .allMatch(uri -> uri.getUserInfo() == null)) {
      return Optional.empty();
    }
    return Optional.of(
        new Authenticator() {
          @Override
          protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                ? login(getRequestingHost(), getRequestingPort())
                : null;
          }
        });
  }

  private @Nullable PasswordAuthentication login(String host, int port) {
    for (URI proxy : Stream.of(https, http).flatMap(Optional::stream).toList()) {
      if (proxy.getRawUserInfo() != null
          && proxy.getHost().equals(host)
          && (proxy.getPort() < 0 ? 80 : proxy.getPort()) == port) {
        String[] parts = proxy.getRawUserInfo().split(":", 2);
        return new PasswordAuthentication(
            decoded(parts[0]), (parts.length < 2 ? "" : decoded(parts[1])).toCharArray());
      }
    }
    return null;
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
