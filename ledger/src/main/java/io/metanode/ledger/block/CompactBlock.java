package io.metanode.ledger.block;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.transaction.TransactionId;
import java.util.ArrayList;
import java.util.List;

/**
 * A block with ids in place of its transactions, which most validators hold already: the payload of
 * a proposal. The ids are the leaves of the transaction tree: they prove the header's root before
 * any body is here.
 */
public record CompactBlock(BlockHeader header, Body body, List<TransactionId> ids) {

  private static final int MAGIC = 0x4d4e5001;

  public CompactBlock {
    ids = List.copyOf(ids);
  }

  public Bytes encode() {
    Encoder out = new Encoder(2 * BlockHeader.LENGTH + ids.size() * Bytes32.LENGTH);
    out.u32(MAGIC);
    header.encode(out);
    body.encode(out);
    out.u32(ids.size());
    ids.forEach(id -> out.bytes32(id.value()));
    return out.toBytes();
  }

  /** The block as consensus carries it: its digest is the block's id. */
  public Proposal proposal() {
    return new Proposal(new Height(header.height()), header.id().digest(), encode().toArray());
  }

  public static CompactBlock decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    in.magic(MAGIC);
    BlockHeader header = BlockHeader.decode(in);
    Body body = Body.decode(in);
    int count = in.count(Block.MAX_TRANSACTIONS, Bytes32.LENGTH);
    List<TransactionId> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(new TransactionId(in.bytes32()));
    }
    in.end();
    return new CompactBlock(header, body, ids);
  }
}
