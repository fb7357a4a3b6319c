package io.metanode.ledger.transaction;

import io.metanode.crypto.Ed25519PublicKey;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Encoder;

/**
 * A transaction before its sender signs it.
 *
 * @param sequence the number of transactions the sender made before this one
 * @param fee in FLX minor units (10⁻⁹)
 * @param expiry the last height at which a block may hold it
 * @param kind which operation the payload encodes; the state machine knows the kinds
 */
public record TransactionDraft(
    ChainTag chain,
    AccountId sender,
    long sequence,
    TransactionClass category,
    long fee,
    long expiry,
    int kind,
    Bytes payload) {

  /**
   * @throws IllegalArgumentException if a number is outside its bounds or the payload is too long
   */
  public TransactionDraft {
    if (sequence < 0 || fee < 0 || expiry < 0) {
      throw new IllegalArgumentException("sequence, fee and expiry are never negative");
    }
    if (kind < 0 || kind > 0xffff) {
      throw new IllegalArgumentException("no kind " + kind);
    }
    if (payload.length() > Transaction.MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + payload.length() + " bytes");
    }
  }

  /** The account of a key. */
  public static AccountId accountOf(Ed25519PublicKey key) {
    return new AccountId(Bytes32.of(key.bytes()));
  }

  /** What the sender signs. */
  public byte[] signedBytes() {
    return encode(0).toArray();
  }

  private Encoder encode(int extra) {
    return new Encoder(Transaction.FIXED_LENGTH + payload.length() + extra)
        .u32(Transaction.MAGIC)
        .u64(chain.value())
        .bytes32(sender.value())
        .u64(sequence)
        .u8(category.code())
        .u64(fee)
        .u64(expiry)
        .u16(kind)
        .prefixed(payload);
  }

  /** The transaction with this signature, which is not checked here. */
  public Transaction with(byte[] signature) {
    if (signature.length != Signer.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("signature of " + signature.length + " bytes");
    }
    return new Transaction(this, encode(signature.length).raw(signature).toArray());
  }

  /**
   * Signs it.
   *
   * @throws IllegalArgumentException if the signer is not the sender
   */
  public Transaction sign(Signer signer) throws SigningException {
    if (!accountOf(signer.publicKey()).equals(sender)) {
      throw new IllegalArgumentException("the signer is not the sender " + sender);
    }
    return with(signer.sign(signedBytes()));
  }
}
