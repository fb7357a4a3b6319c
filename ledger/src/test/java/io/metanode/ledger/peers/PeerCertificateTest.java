package io.metanode.ledger.peers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.metanode.crypto.PrivateKeySigner;
import io.metanode.testkit.Gen;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

final class PeerCertificateTest {

  private final PrivateKeySigner signer = PrivateKeySigner.generate(new Gen(1));

  @Test
  void presentsTheKeyAndIsSignedByIt() throws Exception {
    X509Certificate certificate = PeerCertificate.of(signer);
    assertEquals(signer.publicKey(), PeerCertificate.key(certificate).orElseThrow());
    assertEquals(3, certificate.getVersion());
    assertDoesNotThrow(() -> certificate.verify(certificate.getPublicKey()));
  }

  @Test
  void onlyPinnedKeysAreTrusted() throws Exception {
    X509Certificate[] chain = {PeerCertificate.of(signer)};
    PinnedTrust trust = new PinnedTrust(signer.publicKey()::equals);
    assertDoesNotThrow(() -> trust.checkServerTrusted(chain, "UNKNOWN"));
    X509Certificate[] other = {PeerCertificate.of(PrivateKeySigner.generate(new Gen(2)))};
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(other, "UNKNOWN"));
    X509Certificate[] longer = {chain[0], chain[0]};
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(longer, "UNKNOWN"));
    assertThrows(
        CertificateException.class,
        () -> trust.checkClientTrusted(new X509Certificate[0], "UNKNOWN"));
  }
}
