package io.metanode.economy.machine;

import io.metanode.economy.price.ReserveAttestation;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/** The newest attestation of the gold behind AUR that enough notaries signed. */
public record Reserve(ReserveAttestation attestation) implements Fact {

  static final int TAG = 35;
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
    out.raw(attestation.encode());
  }

  static Reserve decodeFields(Decoder in) throws DecodingException {
    Bytes encoded = in.raw(ReserveAttestation.LENGTH);
    return new Reserve(ReserveAttestation.decode(encoded));
  }
}
