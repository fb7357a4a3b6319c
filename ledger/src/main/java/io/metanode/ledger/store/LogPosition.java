package io.metanode.ledger.store;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;

/**
 * Where a record is in the block log.
 *
 * @param segment the height of the first block in its file
 * @param offset the byte of the file where it begins
 * @param length its bytes, frame included
 */
record LogPosition(long segment, long offset, int length) {

  static final int ENCODED = 20;

  /** The name of the file. */
  String file() {
    return Segments.file(segment);
  }

  void encode(Encoder out) {
    out.u64(segment).u64(offset).u32(length);
  }

  static LogPosition decode(Decoder in) throws DecodingException {
    return new LogPosition(in.u63(), in.u63(), in.u31());
  }
}
