package io.metanode.ledger.state;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/**
 * A value in the state. Its first byte says which, so that a state can be read without its keys.
 */
public sealed interface StoredValue
    permits KeptLogBlock, Account, Anchor, Bond, Governor, LogFork, LogHead, Supply, ValidatorPlan {

  /** The first byte of the encoding. */
  int tag();

  /** Writes what follows the first byte. */
  void encodeFields(Encoder out);

  default Bytes encode() {
    Encoder out = new Encoder(Account.LENGTH).u8(tag());
    encodeFields(out);
    return out.toBytes();
  }

  static StoredValue decode(Bytes encoded) throws DecodingException {
    Decoder in = encoded.decoder();
    int tag = in.u8();
    StoredValue value =
        switch (tag) {
          case Account.TAG -> Account.decodeFields(in);
          case Anchor.TAG -> Anchor.decodeFields(in);
          case ValidatorPlan.TAG -> ValidatorPlan.decodeFields(in);
          case Supply.TAG -> new Supply(Amounts.decode(in));
          case Bond.TAG -> Bond.decodeFields(in);
          case Governor.TAG -> Governor.decodeFields(in);
          case LogHead.TAG -> LogHead.decodeFields(in);
          case KeptLogBlock.TAG -> KeptLogBlock.decodeFields(in);
          case LogFork.TAG -> LogFork.decodeFields(in);
          default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "value " + tag);
        };
    in.end();
    return value;
  }

  /**
   * Reads a value that this ledger wrote.
   *
   * @throws IllegalStateException if it is anything else: the state is not this version's
   */
  static <T extends StoredValue> T read(Bytes encoded, Class<T> type) {
    try {
      return type.cast(decode(encoded));
    } catch (DecodingException | ClassCastException e) {
      throw new IllegalStateException(
          "the state holds no " + type.getSimpleName() + " where one must be: " + encoded, e);
    }
  }
}
