package io.metanode.containers;

import io.metanode.containers.registry.InsecureHosts;
import java.nio.file.Path;
import java.util.List;

/**
 * How the engine talks to registries.
 *
 * @param insecure registries that may have a certificate nobody vouches for, or none: {@code
 *     host:port}, {@code host} or a network such as {@code 10.0.0.0/8}; loopback always may
 * @param certificates a directory with one for a registry, {@code <host:port>/*.crt} for
 *     authorities and {@code *.cert}, {@code *.key} for the engine's own certificate, as Docker has
 *     it
 * @param downloads how many blobs of a pull are fetched at once
 * @param uploads how many blobs of a push are sent at once
 */
public record RegistrySettings(
    List<String> insecure, Path certificates, int downloads, int uploads) {

  /** Docker's own. */
  public static final RegistrySettings DEFAULT =
      new RegistrySettings(List.of(), Path.of("/etc/docker/certs.d"), 3, 5);

  /**
   * @throws IllegalArgumentException if an insecure registry is neither a host nor a network
   */
  public RegistrySettings {
    insecure = List.copyOf(insecure);
    insecure.forEach(InsecureHosts::require);
  }
}
