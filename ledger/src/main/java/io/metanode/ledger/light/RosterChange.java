package io.metanode.ledger.light;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.state.ValidatorRoster;

/**
 * The last block that some validators decide: what {@link LightClient#follow} takes.
 *
 * @param next who decides the block after it
 */
public record RosterChange(BlockHeader header, BlockSeal seal, ValidatorRoster next) {

  public void encode(Encoder out) {
    out.raw(header.encode()).prefixed(seal.encode());
    next.encode(out);
  }

  public static RosterChange decode(Decoder in) throws DecodingException {
    return new RosterChange(
        BlockHeader.decode(in.raw(BlockHeader.LENGTH)),
        BlockSeal.decode(in.prefixed(BlockSeal.MAX_LENGTH)),
        ValidatorRoster.decode(in));
  }
}
