package io.metanode.containers.http;

import io.metanode.containers.registry.PemFile;
import io.metanode.receipts.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.OptionalLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/** What a server shows its clients, which clients it takes, and who they are to it. */
final class ClientCertificates {

  private static final char[] NO_PASSWORD = new char[0];

  private ClientCertificates() {}

  /**
   * @param certificate the server's, with those that lead to its authority
   * @param authorities who vouches for clients; nobody else is trusted
   * @throws IOException naming the file that cannot be used
   */
  static SSLContext context(Path certificate, Path key, Path authorities) throws IOException {
    try {
      List<X509Certificate> chain = PemFile.certificates(certificate);
      KeyStore shown = empty();
      shown.setKeyEntry(
          "server",
          PemFile.key(key, chain.getFirst().getPublicKey().getAlgorithm()),
          NO_PASSWORD,
          chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(shown, NO_PASSWORD);
      KeyStore trusted = empty();
      for (X509Certificate authority : PemFile.certificates(authorities)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), authority);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          certificate + ", " + key + " and " + authorities + " do not work together: " + e, e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /**
   * The client of a session: the subject of its certificate as RFC 2253 writes it, or where that is
   * empty the first alternative name.
   */
  static Actor actor(SSLSession session) throws SSLPeerUnverifiedException {
    X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
    String subject = certificate.getSubjectX500Principal().getName();
    return new Actor(
        "tls", subject.isEmpty() ? alternative(certificate) : subject, OptionalLong.empty());
  }

  private static String alternative(X509Certificate certificate) throws SSLPeerUnverifiedException {
    try {
      var names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (name.get(1) instanceof String text) {
            return text;
          }
        }
      }
    } catch (CertificateParsingException e) {
      // As without any.
    }
    throw new SSLPeerUnverifiedException("the client's certificate names nobody");
  }
}
