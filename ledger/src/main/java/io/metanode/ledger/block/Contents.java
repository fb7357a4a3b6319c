package io.metanode.ledger.block;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * What a header says of its block's body.
 *
 * @param transactionRoot the RFC 6962 root over the transactions, whose ids are the leaf hashes
 * @param evidenceRoot the RFC 6962 root over the evidence
 */
public record Contents(int transactionCount, Bytes32 transactionRoot, Bytes32 evidenceRoot) {

  /** A block that holds nothing. */
  public static final Contents EMPTY =
      new Contents(0, MerkleList.EMPTY_ROOT, MerkleList.EMPTY_ROOT);

  void encode(Encoder out) {
    out.u32(transactionCount).bytes32(transactionRoot).bytes32(evidenceRoot);
  }

  static Contents decode(Decoder in) throws DecodingException {
    return new Contents(in.u31(), in.bytes32(), in.bytes32());
  }
}
