package io.metanode.economy.machine;

import io.metanode.economy.price.Notaries;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;
import java.util.List;

/**
 * Who attests the gold behind AUR.
 *
 * @param threshold how many of them must sign
 */
public record NotarySet(int threshold, List<Bytes32> keys) implements Fact {

  static final int TAG = 34;
  static final Place PLACE = new Place(TAG, Bytes32.ZERO);

  /**
   * @throws IllegalArgumentException if a key is none or there twice, or fewer than the threshold
   *     are
   */
  public NotarySet {
    keys = Keys.distinct(keys);
    if (threshold < 1 || threshold > keys.size()) {
      throw new IllegalArgumentException(threshold + " of " + keys.size() + " notaries");
    }
  }

  Notaries notaries() {
    return new Notaries(keys.stream().map(Keys::key).toList(), threshold);
  }

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
    out.u16(threshold);
    Keys.encode(keys, out);
  }

  static NotarySet decodeFields(Decoder in) throws DecodingException {
    int threshold = in.u16();
    List<Bytes32> keys = Keys.decode(in);
    return Fields.valid(in, () -> new NotarySet(threshold, keys));
  }
}
