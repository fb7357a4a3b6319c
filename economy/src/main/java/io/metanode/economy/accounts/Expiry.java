package io.metanode.economy.accounts;

import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import java.util.Comparator;

/**
 * A place in the queue of what expires; see {@link ExpiryQueue}.
 *
 * @param place from 1
 * @param time at which it expires, in milliseconds
 */
record Expiry(long place, long time, TransferId transfer) implements Entry, Comparable<Expiry> {

  static final int TAG = 19;

  private static final Comparator<Expiry> ORDER =
      Comparator.comparingLong(Expiry::time).thenComparing(Expiry::transfer);

  Expiry at(long other) {
    return new Expiry(other, time, transfer);
  }

  @Override
  public int compareTo(Expiry other) {
    return ORDER.compare(this, other);
  }

  @Override
  public EntryKey key() {
    return EntryKey.expiry(place);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(place).u64(time).bytes32(transfer.value());
  }

  static Expiry decodeFields(Decoder in) throws DecodingException {
    return new Expiry(in.u63(), in.u63(), new TransferId(in.bytes32()));
  }
}
