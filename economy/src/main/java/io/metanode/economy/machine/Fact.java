package io.metanode.economy.machine;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;

/**
 * A value of the economy in the state that is no entry of the accounts. Its first byte says which,
 * and its fields where it belongs.
 */
public sealed interface Fact permits Owner {

  /** The lowest first byte of a fact; those below are entries of the accounts. */
  int FIRST_TAG = 24;

  /** Where it is. */
  Place place();

  /** The first byte of the encoding. */
  int tag();

  /** Writes what follows the first byte. */
  void encodeFields(Encoder out);

  default Bytes encode() {
    Encoder out = new Encoder(128).u8(tag());
    encodeFields(out);
    return out.toBytes();
  }

  static Fact decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    int tag = in.u8();
    Fact fact =
        switch (tag) {
          case Owner.TAG -> Owner.decodeFields(in);
          default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "fact " + tag);
        };
    in.end();
    return fact;
  }
}
