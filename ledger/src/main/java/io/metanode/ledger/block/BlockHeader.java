package io.metanode.ledger.block;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.transaction.ChainTag;

/**
 * What validators agree on for one height. The format is in {@code docs/formats/ledger.md}.
 *
 * @param height 0 for the genesis block
 * @param round the consensus round in which its proposer made it; it keeps it when a later round
 *     proposes it again, and so its id
 * @param timeMillis since 1970-01-01T00:00Z, later than the parent's
 * @param proposer the validator that made it
 */
public record BlockHeader(
    ChainTag chain,
    long height,
    int round,
    BlockId parent,
    long timeMillis,
    Bytes32 proposer,
    Contents contents,
    PriorState prior,
    TickMark ticks) {

  private static final int MAGIC = 0x4d4e4201;

  /** The length of every header, in bytes. */
  public static final int LENGTH = 4 + 8 + 8 + 4 + 32 + 8 + 32 + 68 + 128 + 36;

  /**
   * @throws IllegalArgumentException if a number is negative
   */
  public BlockHeader {
    if (height < 0 || round < 0 || timeMillis < 0) {
      throw new IllegalArgumentException("height, round and time are never negative");
    }
  }

  public BlockId id() {
    return new BlockId(Bytes32.of(Sha256.of(encode().toArray())));
  }

  public Bytes encode() {
    Encoder out = new Encoder(LENGTH);
    encode(out);
    return out.toBytes();
  }

  void encode(Encoder out) {
    out.u32(MAGIC)
        .u64(chain.value())
        .u64(height)
        .u32(round)
        .bytes32(parent.value())
        .u64(timeMillis)
        .bytes32(proposer);
    contents.encode(out);
    prior.encode(out);
    ticks.encode(out);
  }

  public static BlockHeader decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    BlockHeader header = decode(in);
    in.end();
    return header;
  }

  static BlockHeader decode(Decoder in) throws DecodingException {
    in.magic(MAGIC);
    return new BlockHeader(
        new ChainTag(in.bits64()),
        in.u63(),
        in.u31(),
        new BlockId(in.bytes32()),
        in.u63(),
        in.bytes32(),
        Contents.decode(in),
        PriorState.decode(in),
        TickMark.decode(in));
  }
}
