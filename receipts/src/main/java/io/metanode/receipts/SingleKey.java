package io.metanode.receipts;

import io.metanode.crypto.MlDsa44;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.Optional;

/** One key, which someone else keeps and rotates. */
record SingleKey(Signer signer) implements SigningKeys {

  @Override
  public Signer first() {
    return signer;
  }

  @Override
  public Signer withId(Digest keyId) throws IOException {
    Digest held = signer.publicKey().id();
    if (!held.equals(keyId)) {
      throw new IOException(
          "the log's key is %s, the signer holds %s: point the signer at the log's key"
              .formatted(keyId, held));
    }
    return signer;
  }

  @Override
  public Signer next() throws IOException {
    throw new IOException("the signer keeps its key itself: make the new key there");
  }

  @Override
  public Optional<MlDsa44> cosigner() {
    return Optional.empty();
  }
}
