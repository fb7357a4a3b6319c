package io.metanode.containers.registry;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom TLS trusts: the authorities of the system and, for one registry, those in its directory,
 * which may also hold a certificate for the engine to show.
 */
final class RegistryCertificates {

  /** Where Debian, and others, keep all authorities of the system in one file. */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"));

  private static final char[] NO_PASSWORD = new char[0];

  private RegistryCertificates() {}

  /**
   * @param own the registry's directory, if it has one
   * @param insecure trust whoever answers
   */
  static SSLContext context(Optional<Path> own, boolean insecure) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = insecure ? new TrustManager[] {new Anybody()} : authorities(own);
      context.init(shown(own), trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the certificates of the system"
              + own.map(directory -> ", or in " + directory + ",").orElse("")
              + " do not work: "
              + e,
          e);
    }
  }

  private static TrustManager[] authorities(Optional<Path> own)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    List<Path> files =
        Stream.concat(SYSTEM.stream().filter(Files::exists), files(own, ".crt").stream()).toList();
    for (Path file : files) {
      for (X509Certificate certificate : PemFile.certificates(file)) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store.size() == 0 ? null : store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] shown(Optional<Path> own)
      throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (Path file : files(own, ".cert")) {
      String name = file.getFileName().toString();
      Path key = file.resolveSibling(name.substring(0, name.length() - 5) + ".key");
      if (!Files.exists(key)) {
        throw new IOException("missing key " + key + " for client certificate " + file);
      }
      List<X509Certificate> chain = PemFile.certificates(file);
      store.setKeyEntry(
          name,
          PemFile.key(key, chain.getFirst().getPublicKey().getAlgorithm()),
          NO_PASSWORD,
          chain.toArray(X509Certificate[]::new));
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static List<Path> files(Optional<Path> own, String ending) throws IOException {
    if (own.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(own.get())) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** For registries that were configured to need no certificate that somebody vouches for. */
  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
