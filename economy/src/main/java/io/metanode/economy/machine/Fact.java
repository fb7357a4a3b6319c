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
public sealed interface Fact
    permits Owner,
        Provider,
        LogCursor,
        WindowClaim,
        Rules,
        Proposal,
        Ballot,
        EpochMark,
        PriceState,
        Sources,
        NotarySet,
        Reserve,
        PriceBookFact {

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
          case Provider.TAG -> Provider.decodeFields(in);
          case LogCursor.TAG -> LogCursor.decodeFields(in);
          case WindowClaim.TAG -> WindowClaim.decodeFields(in);
          case Rules.TAG -> Rules.decodeFields(in);
          case Proposal.TAG -> Proposal.decodeFields(in);
          case Ballot.TAG -> Ballot.decodeFields(in);
          case EpochMark.TAG -> EpochMark.decodeFields(in);
          case PriceState.TAG -> PriceState.decodeFields(in);
          case Sources.TAG -> Sources.decodeFields(in);
          case NotarySet.TAG -> NotarySet.decodeFields(in);
          case Reserve.TAG -> Reserve.decodeFields(in);
          case PriceBookFact.TAG -> PriceBookFact.decodeFields(in);
          default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "fact " + tag);
        };
    in.end();
    return fact;
  }
}
