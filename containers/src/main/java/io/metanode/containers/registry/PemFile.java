package io.metanode.containers.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
public final class PemFile {

  private static final Pattern CERTIFICATE = block("CERTIFICATE");
  private static final Pattern KEY = block("PRIVATE KEY");

  private PemFile() {}

  private static Pattern block(String label) {
    return Pattern.compile(
        "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----");
  }

  /**
   * @throws IOException if the file cannot be read, or holds none
   */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher matcher = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      while (matcher.find()) {
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        if (factory.generateCertificate(new ByteArrayInputStream(der))
            instanceof X509Certificate certificate) {
          certificates.add(certificate);
        }
      }
    } catch (CertificateException e) {
      throw new IOException(file + " holds a certificate that cannot be read: " + e, e);
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " holds no certificate in PEM");
    }
    return certificates;
  }

  /**
   * @param algorithm of the certificate's key
   * @throws IOException if the file cannot be read, or holds no key of that kind
   */
  public static PrivateKey key(Path file, String algorithm) throws IOException {
    Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw new IOException(
          file
              + " holds no key in PKCS #8; openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW makes it"
              + " one");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no " + algorithm + " key: " + e.getMessage(), e);
    }
  }
}
