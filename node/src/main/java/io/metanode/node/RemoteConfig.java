package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.containers.RemoteSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The configuration's part on clients on other hosts. */
final class RemoteConfig {

  private static final String ADVICE =
      "; it may be tcp://HOST:PORT, and needs remote.certificate, remote.key and"
          + " remote.clientAuthorities beside it: without TLS and client certificates the engine is"
          + " not served over TCP";

  private RemoteConfig() {}

  static Optional<RemoteSettings> read(YamlMap map, NodeHome home, String file) {
    Optional<String> listen = map.text("listen");
    Optional<Path> certificate = map.text("certificate").map(home.directory()::resolve);
    Optional<Path> key = map.text("key").map(home.directory()::resolve);
    Optional<Path> authorities = map.text("clientAuthorities").map(home.directory()::resolve);
    if (listen.isEmpty()) {
      return Optional.empty();
    }
    String refusal = file + ": remote.listen is \"" + listen.get() + "\"" + ADVICE;
    if (certificate.isEmpty() || key.isEmpty() || authorities.isEmpty()) {
      throw new CommandException(refusal);
    }
    try {
      URI address = URI.create(listen.get());
      if (!"tcp".equals(address.getScheme())
          || address.getHost() == null
          || address.getPort() < 0
          || !address.getPath().isEmpty()) {
        throw new CommandException(refusal);
      }
      String host = address.getHost().replaceAll("[\\[\\]]", "");
      return Optional.of(
          new RemoteSettings(
              host, address.getPort(), certificate.get(), key.get(), authorities.get()));
    } catch (IllegalArgumentException e) {
      throw new CommandException(refusal);
    }
  }
}
