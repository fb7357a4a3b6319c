package io.metanode.ledger.state;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.SignedLogBlock;

/**
 * A LogBlock that the chain took, whole: so that claims can cite it, and a second one of its number
 * or size convicts the log by itself.
 *
 * @param timeMillis of the block that holds it
 * @param height of the block that holds it
 */
public record KeptLogBlock(SignedLogBlock signed, long timeMillis, long height)
    implements StoredValue {

  static final int TAG = 9;

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(timeMillis).u64(height);
    signed.encode(out);
  }

  static KeptLogBlock decodeFields(Decoder in) throws DecodingException {
    long timeMillis = in.u63();
    long height = in.u63();
    return new KeptLogBlock(SignedLogBlock.decode(in), timeMillis, height);
  }
}
