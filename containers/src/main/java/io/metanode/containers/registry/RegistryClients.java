package io.metanode.containers.registry;

import io.metanode.containers.RegistrySettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * HTTP clients, made when they are first needed: one for all registries that are trusted by the
 * system's authorities, one for all insecure ones, one for each with certificates of its own.
 */
public final class RegistryClients implements AutoCloseable {

  private final RegistrySettings settings;
  private final Patience patience;
  private final InsecureHosts insecure;
  private final Map<Trust, HttpClient> clients = new HashMap<>();

  /** What tells clients apart; the directory is that of certificates for all where it has none. */
  private record Trust(Path directory, boolean insecure) {}

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
    Path own = settings.certificates().resolve(authority.replace("/", ""));
    Path directory = Files.isDirectory(own) ? own : settings.certificates();
    Trust trust = new Trust(directory, isInsecure(authority));
    HttpClient known = clients.get(trust);
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(patience.connect())
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .sslContext(
                  RegistryCertificates.context(
                      Files.isDirectory(own) ? own : Path.of("/nonexistent"), trust.insecure()))
              .build();
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
