package io.metanode.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;

/**
 * Signs with a key in a PKCS#11 token, through the JDK's SunPKCS11 provider. The public key is
 * given beside it, as that provider needs a certificate to list a key and checks none.
 */
public final class Pkcs11Signer implements Signer {

  private final Provider provider;
  private final PrivateKey key;
  private final Ed25519PublicKey publicKey;
  private final String alias;

  private Pkcs11Signer(
      Provider provider, PrivateKey key, Ed25519PublicKey publicKey, String alias) {
    this.provider = provider;
    this.key = key;
    this.publicKey = publicKey;
    this.alias = alias;
  }

  /**
   * Opens a token and finds the key.
   *
   * @param library the token's PKCS#11 library
   * @param slot the index of the slot in the library's list
   * @param pin the user's PIN
   * @param alias the label of the key and its certificate
   * @throws SigningException if library, slot, PIN or key is not as said
   */
  public static Pkcs11Signer open(
      Path library, int slot, char[] pin, String alias, Ed25519PublicKey publicKey)
      throws SigningException {
    String configuration =
        "--name=metanode%d\nlibrary=%s\nslotListIndex=%d\n".formatted(slot, library, slot);
    try {
      Provider provider = Security.getProvider("SunPKCS11").configure(configuration);
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      if (!(store.getKey(alias, null) instanceof PrivateKey key)) {
        throw new SigningException(
            "the token in slot %d of %s has no private key %s".formatted(slot, library, alias));
      }
      return new Pkcs11Signer(provider, key, publicKey, alias);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw e instanceof SigningException known
          ? known
          : new SigningException("the token in slot " + slot + " of " + library + ": " + e, e);
    }
  }

  @Override
  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public synchronized byte[] sign(byte[] message) throws SigningException {
    try {
      Signature signature = Signature.getInstance(Ed25519.ALGORITHM, provider);
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      if (!publicKey.verifies(message, signed)) {
        throw new SigningException("the token's key " + alias + " is not " + publicKey);
      }
      return signed;
    } catch (GeneralSecurityException e) {
      throw new SigningException("the token's key " + alias + " did not sign: " + e, e);
    }
  }
}
