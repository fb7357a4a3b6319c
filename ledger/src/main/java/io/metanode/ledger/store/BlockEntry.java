package io.metanode.ledger.store;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.state.Applied;
import java.util.ArrayList;
import java.util.List;

/**
 * What the index knows of a block.
 *
 * @param codes the results of its transactions, in their order
 */
record BlockEntry(LogPosition position, List<Integer> codes) {

  static BlockEntry of(LogPosition position, Applied applied) {
    return new BlockEntry(position, applied.results().stream().map(r -> r.code()).toList());
  }

  Bytes encode() {
    Encoder out = new Encoder(LogPosition.ENCODED + 4 + 2 * codes.size());
    position.encode(out);
    out.u32(codes.size());
    codes.forEach(out::u16);
    return out.toBytes();
  }

  static BlockEntry decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    LogPosition position = LogPosition.decode(in);
    int count = in.count(Integer.MAX_VALUE / Bytes32.LENGTH, 2);
    List<Integer> codes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      codes.add(in.u16());
    }
    in.end();
    return new BlockEntry(position, codes);
  }
}
