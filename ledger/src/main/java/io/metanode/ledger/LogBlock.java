package io.metanode.ledger;

import io.metanode.crypto.Sha256;
import io.metanode.crypto.Signer;
import io.metanode.crypto.SigningException;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/**
 * The next receipts of a log, as the log itself states them (docs/formats/ledger.md).
 *
 * @param chain the tag of the chain it is made for
 * @param origin the log's name as its checkpoints begin with it, printable ASCII
 * @param number the LogBlocks of this log before
 * @param previous the digest of the one before; zeros for the first
 * @param from the first receipt's index
 * @param to the index after the last receipt's
 * @param root the RFC 6962 root over the log's first {@code to} receipts
 * @param usage what these receipts metered together
 * @param owner the account that submits the log's LogBlocks and is paid for what they metered
 * @param key the log's Ed25519 key, which signed these receipts and signs this
 * @param nextKey the key of the receipts after; another one only if the last receipt passes to it
 */
public record LogBlock(
    long chain,
    Bytes origin,
    long number,
    Bytes32 previous,
    long from,
    long to,
    Bytes32 root,
    UsageSums usage,
    Bytes32 owner,
    Bytes32 key,
    Bytes32 nextKey) {

  /** The longest origin, in bytes. */
  public static final int MAX_ORIGIN = 255;

  private static final int MAGIC = 0x4d4e4c01;

  /**
   * @throws IllegalArgumentException if a number is negative, the range is empty, or the origin too
   *     long
   */
  public LogBlock {
    if ((number | from | to) < 0 || from >= to || origin.length() > MAX_ORIGIN) {
      throw new IllegalArgumentException("no LogBlock " + number + " of " + from + " to " + to);
    }
  }

  /** The number of receipts. */
  public long count() {
    return to - from;
  }

  /** What the log signs. */
  public Bytes encode() {
    Encoder out = new Encoder(512);
    encode(out);
    return out.toBytes();
  }

  /** SHA-256 of the encoding: what the next LogBlock names as the one before. */
  public Bytes32 digest() {
    return Bytes32.of(Sha256.of(encode().toArray()));
  }

  /**
   * Signs it.
   *
   * @throws IllegalArgumentException if the signer is not the log's key
   */
  public SignedLogBlock sign(Signer signer) throws SigningException {
    if (!Bytes32.of(signer.publicKey().bytes()).equals(key)) {
      throw new IllegalArgumentException("the signer is not the log's key " + key);
    }
    return new SignedLogBlock(this, Bytes.of(signer.sign(encode().toArray())));
  }

  void encode(Encoder out) {
    out.u32(MAGIC).u64(chain).prefixed(origin).u64(number).bytes32(previous);
    out.u64(from).u64(to).bytes32(root);
    usage.encode(out);
    out.bytes32(owner).bytes32(key).bytes32(nextKey);
  }

  static LogBlock decode(Decoder in) throws DecodingException {
    in.magic(MAGIC);
    long chain = in.bits64();
    Bytes origin = in.prefixed(MAX_ORIGIN);
    long number = in.u63();
    Bytes32 previous = in.bytes32();
    long from = in.u63();
    long to = in.u63();
    if (from >= to) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "receipts from " + from + " to " + to);
    }
    return new LogBlock(
        chain,
        origin,
        number,
        previous,
        from,
        to,
        in.bytes32(),
        UsageSums.decode(in),
        in.bytes32(),
        in.bytes32(),
        in.bytes32());
  }
}
