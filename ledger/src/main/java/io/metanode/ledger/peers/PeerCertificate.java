package io.metanode.ledger.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The self-signed certificate in which a validator presents its key. Nothing of it counts but the
 * key, which TLS makes the peer prove: the registry of validators says whose it is.
 */
final class PeerCertificate {

  private static final byte[] ED25519 =
      Der.sequence(Der.value(0x06, HexFormat.of().parseHex("2b6570")));
  private static final byte[] COMMON_NAME = Der.value(0x06, HexFormat.of().parseHex("550403"));
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int EXPLICIT_0 = 0xa0;
  private static final int VERSION_3 = 2;

  private PeerCertificate() {}

  /** The certificate of the signer's key. */
  static X509Certificate of(Signer signer) throws SigningException {
    Ed25519PublicKey key = signer.publicKey();
    byte[] name = name("metanode validator " + key.id().hex().substring(0, 16));
    byte[] contents =
        Der.sequence(
            Der.value(EXPLICIT_0, Der.integer(VERSION_3)),
            Der.integer(1),
            ED25519,
            name,
            Der.sequence(
                Der.value(UTC_TIME, "260101000000Z".getBytes(US_ASCII)),
                Der.value(GENERALIZED_TIME, "99991231235959Z".getBytes(US_ASCII))),
            name,
            key.spki());
    byte[] der = Der.sequence(contents, ED25519, Der.bits(signer.sign(contents)));
    try {
      Certificate parsed =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
      return (X509Certificate) parsed;
    } catch (CertificateException e) {
      throw new AssertionError("our own certificate is malformed", e);
    }
  }

  private static byte[] name(String text) {
    return Der.sequence(
        Der.set(Der.sequence(COMMON_NAME, Der.value(UTF8_STRING, text.getBytes(US_ASCII)))));
  }

  /** The key a certificate presents; empty if it is no Ed25519 key. */
  static Optional<Ed25519PublicKey> key(Certificate certificate) {
    return Ed25519PublicKey.ofSpki(certificate.getPublicKey().getEncoded());
  }
}
