package io.metanode.ledger.block;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * Where the tick chain stands at the end of a block.
 *
 * @param count the ticks of this block
 * @param value the last of them
 */
public record TickMark(int count, Bytes32 value) {

  void encode(Encoder out) {
    out.u32(count).bytes32(value);
  }

  static TickMark decode(Decoder in) throws DecodingException {
    return new TickMark(in.u31(), in.bytes32());
  }
}
