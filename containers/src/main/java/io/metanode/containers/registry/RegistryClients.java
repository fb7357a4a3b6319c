package io.metanode.containers.registry;

import io.metanode.containers.RegistrySettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * HTTP clients, made when they are first needed: one for all registries that are trusted by the
 * system's authorities, one for all insecure ones, one for each with certificates of its own.
 */
public final class RegistryClients implements AutoCloseable {

  private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  static {
    // A password for the way through a proxy is sent only where this is said before the first
    // client.
    if (System.getProperty(TUNNELS) == null) {
      System.setProperty(TUNNELS, "");
    }
  }

  private final RegistrySettings settings;
  private final Patience patience;
  private final InsecureHosts insecure;
  private final Map<Trust, HttpClient> clients = new HashMap<>();

  /** What tells clients apart; certificates of its own are in a directory, if it has some. */
  private record Trust(Optional<Path> certificates, boolean insecure) {}

  public RegistryClients(RegistrySettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    this.insecure = new InsecureHosts(settings.insecure());
  }

  public RegistrySettings settings() {
    return settings;
  }

  public Patience patience() {
    return patience;
  }

  /** Whether a registry needs no certificate that somebody vouches for, and may do without TLS. */
  boolean isInsecure(String authority) {
    return insecure.contains(authority);
  }

  /**
   * @param authority {@code host} or {@code host:port}
   * @throws IOException if its certificates cannot be read
   */
  synchronized HttpClient client(String authority) throws IOException {
    Optional<Path> own =
        Optional.of(settings.certificates().resolve(authority)).filter(Files::isDirectory);
    Trust trust = new Trust(own, isInsecure(authority));
    HttpClient known = clients.get(trust);
    if (known == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .proxy(settings.proxies().selector())
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(patience.connect())
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .sslContext(RegistryCertificates.context(own, trust.insecure()));
      settings.proxies().authenticator().ifPresent(builder::authenticator);
      known = builder.build();
      clients.put(trust, known);
    }
    return known;
  }

  /** Ends what is on its way. */
  @Override
  public synchronized void close() {
    clients.values().forEach(HttpClient::shutdownNow);
    clients.clear();
  }
}
