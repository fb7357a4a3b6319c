package io.metanode.ledger.transaction;

import io.metanode.crypto.Ed25519Batch;
import io.metanode.crypto.Ed25519Table;
import io.metanode.crypto.MerkleHash;
import io.metanode.crypto.Signer;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import java.util.Arrays;

/**
 * A transaction and its signature, of which nobody has yet said that it holds: see {@link
 * VerifiedTransaction}. The format is in {@code docs/formats/ledger.md}.
 */
public final class Transaction {

  /** {@code MNT} and version 1. No other thing that Metanode signs begins like this. */
  static final int MAGIC = 0x4d4e5401;

  /** The length of the signed part without its payload, in bytes. */
  static final int FIXED_LENGTH = 75;

  /** The longest payload, in bytes. */
  public static final int MAX_PAYLOAD = 1 << 16;

  /** The shortest encoding, in bytes. */
  public static final int MIN_LENGTH = FIXED_LENGTH + Signer.SIGNATURE_LENGTH;

  /** The longest encoding, in bytes. */
  public static final int MAX_LENGTH = MIN_LENGTH + MAX_PAYLOAD;

  private final TransactionDraft draft;
  private final byte[] encoded;
  private final TransactionId id;

  Transaction(TransactionDraft draft, byte[] encoded) {
    this.draft = draft;
    this.encoded = encoded;
    this.id = new TransactionId(Bytes32.of(MerkleHash.leaf(encoded)));
  }

  /** Reads an encoding that must end with the transaction. */
  public static Transaction decode(Bytes encoded) throws DecodingException {
    if (encoded.length() > MAX_LENGTH) {
      throw new DecodingException(
          DecodingFault.OVERSIZED, MAX_LENGTH, "a transaction of " + encoded.length() + " bytes");
    }
    Decoder in = encoded.decoder();
    TransactionDraft draft = draft(in);
    in.raw(Signer.SIGNATURE_LENGTH);
    in.end();
    return new Transaction(draft, encoded.toArray());
  }

  private static TransactionDraft draft(Decoder in) throws DecodingException {
    in.magic(MAGIC);
    ChainTag chain = new ChainTag(in.bits64());
    AccountId sender = new AccountId(in.bytes32());
    long sequence = in.u63();
    int code = in.u8();
    TransactionClass category =
        TransactionClass.ofCode(code)
            .orElseThrow(() -> in.fault(DecodingFault.UNKNOWN_CODE, "class " + code));
    long fee = in.u63();
    long expiry = in.u63();
    int kind = in.u16();
    Bytes payload = in.prefixed(MAX_PAYLOAD);
    return new TransactionDraft(chain, sender, sequence, category, fee, expiry, kind, payload);
  }

  public TransactionId id() {
    return id;
  }

  public TransactionDraft draft() {
    return draft;
  }

  public AccountId sender() {
    return draft.sender();
  }

  public long sequence() {
    return draft.sequence();
  }

  /** The length of the encoding, in bytes. */
  public int length() {
    return encoded.length;
  }

  public Bytes encoded() {
    return Bytes.of(encoded);
  }

  /** Writes the length of the encoding in four bytes, then the encoding. */
  public void writeTo(Encoder out) {
    out.prefixed(encoded);
  }

  /** Has the signature checked with others, with the table of the sender's key. */
  void addTo(Ed25519Batch batch, Ed25519Table table) {
    batch.add(table, encoded);
  }

  byte[] signedBytes() {
    return Arrays.copyOf(encoded, encoded.length - Signer.SIGNATURE_LENGTH);
  }

  byte[] signature() {
    return Arrays.copyOfRange(encoded, encoded.length - Signer.SIGNATURE_LENGTH, encoded.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transaction that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** The id. */
  @Override
  public String toString() {
    return id.toString();
  }
}
