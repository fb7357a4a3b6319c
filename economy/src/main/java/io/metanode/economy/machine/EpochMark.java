package io.metanode.economy.machine;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/**
 * The epoch of FLX that runs.
 *
 * @param begin of the block in which it began, in milliseconds
 */
public record EpochMark(long begin) implements Fact {

  static final int TAG = 31;
  static final Place PLACE = new Place(TAG, Bytes32.ZERO);

  @Override
  public Place place() {
    return PLACE;
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(begin);
  }

  static EpochMark decodeFields(Decoder in) throws DecodingException {
    return new EpochMark(in.u63());
  }
}
