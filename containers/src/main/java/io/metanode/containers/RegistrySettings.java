package io.metanode.containers;

import io.metanode.containers.registry.InsecureHosts;
import io.metanode.containers.registry.ProxyRoutes;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How the engine talks to registries.
 *
 * @param insecure registries that may have a certificate nobody vouches for, or none: {@code
 *     host:port}, {@code host} or a network such as {@code 10.0.0.0/8}; loopback always may
 * @param mirrors of Docker Hub, {@code http://} or {@code https://} and a host, asked in this order
 *     before it
 * @param proxies what leads to registries
 * @param certificates a directory with one for a registry, {@code <host:port>/*.crt} for
 *     authorities and {@code *.cert}, {@code *.key} for the engine's own certificate, as Docker has
 *     it
 * @param downloads how many blobs of a pull are fetched at once
 * @param uploads how many blobs of a push are sent at once
 */
public record RegistrySettings(
    List<String> insecure,
    List<URI> mirrors,
    ProxyRoutes proxies,
    Path certificates,
    int downloads,
    int uploads) {

  /** Docker's own. */
  public static final RegistrySettings DEFAULT =
      new RegistrySettings(List.of(), List.of(), Path.of("/etc/docker/certs.d"), 3, 5);

  /**
   * @throws IllegalArgumentException if an insecure registry is neither a host nor a network, or a
   *     mirror is no address of a host
   */
  public RegistrySettings {
    insecure = List.copyOf(insecure);
    insecure.forEach(InsecureHosts::require);
    mirrors = mirrors.stream().map(RegistrySettings::root).toList();
  }

  /** Without proxies. */
  public RegistrySettings(
      List<String> insecure, List<URI> mirrors, Path certificates, int downloads, int uploads) {
    this(insecure, mirrors, ProxyRoutes.NONE, certificates, downloads, uploads);
  }

  /**
   * The same through the proxies an environment names.
   *
   * @throws IllegalArgumentException if one of them is no {@code http://} address of a host
   */
  public RegistrySettings through(Map<String, String> environment) {
    return new RegistrySettings(
        insecure, mirrors, ProxyRoutes.of(environment), certificates, downloads, uploads);
  }

  private static URI root(URI mirror) {
    String scheme = String.valueOf(mirror.getScheme());
    String path = String.valueOf(mirror.getRawPath());
    boolean plain = mirror.getUserInfo() == null && mirror.getRawQuery() == null;
    if (!(scheme.equals("https") || scheme.equals("http"))
        || mirror.getHost() == null
        || !plain
        || !(path.isEmpty() || path.equals("/"))) {
      throw new IllegalArgumentException(
          mirror + " is no mirror; it is http:// or https://, a host and perhaps a port");
    }
    return mirror.resolve("/");
  }
}
