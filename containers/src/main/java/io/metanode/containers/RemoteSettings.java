package io.metanode.containers;

import java.nio.file.Path;

/**
 * How clients on other hosts reach the engine: over TLS 1.3, each with a certificate of its own.
 *
 * @param host the address to listen on, a name or number
 * @param port 0 for a free one
 * @param certificate the server's certificate and those that lead to its authority, PEM
 * @param key the server's key, PKCS #8 in PEM
 * @param clientAuthorities who vouches for clients, PEM
 */
public record RemoteSettings(
    String host, int port, Path certificate, Path key, Path clientAuthorities) {

  /**
   * @throws IllegalArgumentException if the port is none
   */
  public RemoteSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }
}
