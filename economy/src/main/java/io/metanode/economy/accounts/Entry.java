package io.metanode.economy.accounts;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/** A value in the state. Its first byte says which, and its fields where it belongs. */
public sealed interface Entry permits Account, TransferRecord, BalanceChange, Expiry, ExpiryCount {

  /** The length of the longest encoding, in bytes. */
  int MAX_LENGTH = 256;

  /** Where it is. */
  EntryKey key();

  /** The first byte of the encoding. */
  int tag();

  /** Writes what follows the first byte. */
  void encodeFields(Encoder out);

  default Bytes encode() {
    Encoder out = new Encoder(MAX_LENGTH).u8(tag());
    encodeFields(out);
    return out.toBytes();
  }

  static Entry decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    int tag = in.u8();
    Entry entry =
        switch (tag) {
          case Account.TAG -> Account.decodeFields(in);
          case TransferRecord.TAG -> TransferRecord.decodeFields(in);
          case BalanceChange.TAG -> BalanceChange.decodeFields(in);
          case Expiry.TAG -> Expiry.decodeFields(in);
          case ExpiryCount.TAG -> ExpiryCount.decodeFields(in);
          default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "entry " + tag);
        };
    in.end();
    return entry;
  }
}
