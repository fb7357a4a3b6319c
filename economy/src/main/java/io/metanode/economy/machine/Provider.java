package io.metanode.economy.machine;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/**
 * Whether the work of a log's owner is rewarded.
 *
 * @param owner an Ed25519 public key
 * @param since when that was decided, in milliseconds
 */
public record Provider(Bytes32 owner, boolean admitted, long since) implements Fact {

  static final int TAG = 25;

  static Place of(Bytes32 owner) {
    return new Place(TAG, owner);
  }

  @Override
  public Place place() {
    return of(owner);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(owner).u8(admitted ? 1 : 0).u64(since);
  }

  static Provider decodeFields(Decoder in) throws DecodingException {
    return new Provider(in.bytes32(), Fields.flag(in), in.u63());
  }
}
