package io.metanode.economy.machine;

import io.metanode.crypto.Sha256;
import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.LedgerModule.Place;
import java.nio.charset.StandardCharsets;

/**
 * A change that was proposed, and how the votes stand.
 *
 * @param id SHA-256 of {@code metanode proposal}, proposer, reference
 * @param closes when the last vote is taken, in milliseconds
 * @param yes GEN for it
 * @param no GEN against it
 * @param enacts when it may be enacted at the soonest, in milliseconds, once it passed
 */
public record Proposal(
    Bytes32 id,
    Bytes32 proposer,
    Change change,
    long closes,
    Amount yes,
    Amount no,
    Phase phase,
    long enacts)
    implements Fact {

  static final int TAG = 29;

  private static final byte[] NAME = "metanode proposal".getBytes(StandardCharsets.US_ASCII);

  /** How far it came. */
  public enum Phase {
    OPEN,
    PASSED,
    REJECTED,
    ENACTED
  }

  /** The id of the proposal that somebody makes with a reference. */
  public static Bytes32 id(Bytes32 proposer, Bytes32 reference) {
    return Bytes32.of(Sha256.of(NAME, proposer.bytes(), reference.bytes()));
  }

  static Place of(Bytes32 id) {
    return new Place(TAG, id);
  }

  Proposal with(boolean approve, Amount weight) {
    return new Proposal(
        id,
        proposer,
        change,
        closes,
        approve ? yes.plus(weight) : yes,
        approve ? no : no.plus(weight),
        phase,
        enacts);
  }

  Proposal with(Phase next, long when) {
    return new Proposal(id, proposer, change, closes, yes, no, next, when);
  }

  @Override
  public Place place() {
    return of(id);
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.bytes32(id).bytes32(proposer).u64(closes).u64(yes.units()).u64(no.units());
    out.u8(code(phase)).u64(enacts);
    change.encode(out);
  }

  private static int code(Phase phase) {
    return switch (phase) {
      case OPEN -> 0;
      case PASSED -> 1;
      case REJECTED -> 2;
      case ENACTED -> 3;
    };
  }

  static Proposal decodeFields(Decoder in) throws DecodingException {
    Bytes32 id = in.bytes32();
    Bytes32 proposer = in.bytes32();
    long closes = in.u63();
    Amount yes = Fields.amount(in);
    Amount no = Fields.amount(in);
    int code = in.u8();
    Phase phase =
        switch (code) {
          case 0 -> Phase.OPEN;
          case 1 -> Phase.PASSED;
          case 2 -> Phase.REJECTED;
          case 3 -> Phase.ENACTED;
          default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "phase " + code);
        };
    long enacts = in.u63();
    return new Proposal(id, proposer, Change.decode(in), closes, yes, no, phase, enacts);
  }
}
