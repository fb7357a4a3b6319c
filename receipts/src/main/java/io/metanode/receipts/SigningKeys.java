package io.metanode.receipts;

import io.metanode.crypto.MlDsa44;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Digest;
import java.io.IOException;
import java.util.Optional;

/** Where a log gets its private keys. Which of them is in force, the log itself says. */
public interface SigningKeys {

  /** The key of a new log. */
  Signer first() throws IOException;

  /**
   * The key with this id.
   *
   * @throws IOException if it is not to be had
   */
  Signer withId(Digest keyId) throws IOException;

  /**
   * A new key, durable already, for a rotation.
   *
   * @throws IOException if it cannot be made
   */
  Signer next() throws IOException;

  /** The key that cosigns checkpoints, if there is one. */
  Optional<MlDsa44> cosigner() throws IOException;

  /** A single key, held elsewhere; no cosigner. */
  static SigningKeys of(Signer signer) {
    return new SingleKey(signer);
  }
}
