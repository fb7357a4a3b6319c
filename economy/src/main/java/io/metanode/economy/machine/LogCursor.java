package io.metanode.economy.machine;

import io.metanode.crypto.Sha256;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/**
 * How far a log's LogBlocks were claimed.
 *
 * @param next the first that may be cited yet: none is ever cited twice
 */
public record LogCursor(Bytes origin, long next) implements Fact {

  static final int TAG = 26;
  static final int MAX_ORIGIN = 255;

  static Place of(Bytes origin) {
    return ofHash(Bytes32.of(Sha256.of(origin.toArray())));
  }

  static Place ofHash(Bytes32 origin) {
    return new Place(TAG, origin);
  }

  @Override
  public Place place() {
    return of(origin);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.prefixed(origin).u64(next);
  }

  static LogCursor decodeFields(Decoder in) throws DecodingException {
    return new LogCursor(in.prefixed(MAX_ORIGIN), in.u63());
  }
}
