package io.metanode.receipts;

import io.metanode.crypto.MlDsa44;
import io.metanode.crypto.PrivateKeySigner;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import io.metanode.testkit.Gen;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that no crash takes away. */
final class MemoryKeys implements SigningKeys {

  private final Map<Digest, Signer> signers = new ConcurrentHashMap<>();
  private final Gen gen;

  MemoryKeys(long seed) {
    gen = new Gen(seed);
  }

  @Override
  public Signer first() {
    return next();
  }

  @Override
  public Signer withId(Digest keyId) throws IOException {
    Signer signer = signers.get(keyId);
    if (signer == null) {
      throw new IOException("no key " + keyId);
    }
    return signer;
  }

  @Override
  public Signer next() {
    Signer signer = PrivateKeySigner.generate(gen);
    signers.put(signer.publicKey().id(), signer);
    return signer;
  }

  @Override
  public Optional<MlDsa44> cosigner() {
    return Optional.empty();
  }
}
