package io.metanode.receipts;

import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Digest;
import io.metanode.receipts.statement.Envelope;
import io.metanode.receipts.statement.Statement;
import org.jspecify.annotations.Nullable;

/** The end of the chain of receipts, to which entries are sealed one after another. */
final class Chain {

  private Digest previous;
  private volatile Signer signer;
  private String keyId;

  /**
   * @param previous the last entry's leaf hash
   * @param signer the key in force
   */
  Chain(Digest previous, Signer signer) {
    this.previous = previous;
    this.signer = signer;
    keyId = signer.publicKey().id().hex();
  }

  /** Signs a statement with the key in force; the chain stays as it is. */
  byte[] sign(byte[] statement) throws SigningException {
    Signer inForce = signer;
    return Envelope.seal(statement, inForce, inForce.publicKey().id().hex());
  }

  /**
   * Signs the next entry; if that fails, the chain is as it was.
   *
   * @param next the key that signs from the next entry on, if this entry passes to one
   */
  Sealed seal(long index, Statement statement, @Nullable Signer next) throws SigningException {
    byte[] entry = Envelope.seal(statement.at(index, previous), signer, keyId);
    byte[] leafHash = MerkleHash.leaf(entry);
    previous = Digest.ofBytes(leafHash);
    if (next != null) {
      signer = next;
      keyId = next.publicKey().id().hex();
    }
    return new Sealed(entry, leafHash, next);
  }
}
