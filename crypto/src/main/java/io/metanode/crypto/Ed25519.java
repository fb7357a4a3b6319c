package io.metanode.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Where Ed25519 (RFC 8032) comes from: the Amazon Corretto Crypto Provider where its native library
 * loads, the JDK otherwise. The provider is found by name, so that the verifier runs without it.
 */
public final class Ed25519 {

  static final String ALGORITHM = "Ed25519";

  private static final String ACCP =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
  private static final @Nullable Provider FAST = loadFast();

  private Ed25519() {}

  private static @Nullable Provider loadFast() {
    System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
    try {
      Class<?> type = Class.forName(ACCP);
      Provider provider = (Provider) type.getField("INSTANCE").get(null);
      if (provider == null) {
        return null;
      }
      Signature.getInstance(ALGORITHM, provider);
      KeyFactory.getInstance(ALGORITHM, provider);
      return provider;
    } catch (ReflectiveOperationException | GeneralSecurityException | LinkageError e) {
      return null;
    }
  }

  /** The name of the provider in use. */
  public static String provider() {
    if (FAST != null) {
      return FAST.getName();
    }
    Provider[] jdk = Security.getProviders("KeyFactory." + ALGORITHM);
    return jdk == null || jdk.length == 0 ? "none" : jdk[0].getName();
  }

  static Signature signature() throws GeneralSecurityException {
    return FAST == null ? Signature.getInstance(ALGORITHM) : Signature.getInstance(ALGORITHM, FAST);
  }

  static PublicKey publicKey(byte[] spki) throws GeneralSecurityException {
    return keys().generatePublic(new X509EncodedKeySpec(spki));
  }

  static PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
    return keys().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static KeyFactory keys() throws GeneralSecurityException {
    return FAST == null
        ? KeyFactory.getInstance(ALGORITHM)
        : KeyFactory.getInstance(ALGORITHM, FAST);
  }
}
