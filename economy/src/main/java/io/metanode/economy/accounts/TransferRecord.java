package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/**
 * A transfer that was done.
 *
 * @param request as it was asked for
 * @param time the ledger's, in milliseconds
 * @param amount what was moved or held; of a void what was released
 * @param phase what became of a pending transfer; {@link Phase#NONE} for any other
 */
public record TransferRecord(Transfer request, long time, Amount amount, Phase phase)
    implements Entry {

  static final int TAG = 17;

  /** What became of a pending transfer. */
  public enum Phase {
    NONE(0),
    PENDING(1),
    POSTED(2),
    VOIDED(3),
    EXPIRED(4);

    private static final Phase[] BY_CODE = values();

    private final int code;

    Phase(int code) {
      this.code = code;
    }

    /** The code in encodings. */
    int code() {
      return code;
    }
  }

  /** When it expires, in milliseconds; 2^63 - 1 if never. */
  long expiry() {
    return request instanceof Transfer.Pending pending && pending.timeoutSeconds() > 0
        ? time + pending.timeoutSeconds() * 1000L
        : Long.MAX_VALUE;
  }

  TransferRecord with(Phase now) {
    return new TransferRecord(request, time, amount, now);
  }

  @Override
  public EntryKey key() {
    return EntryKey.transfer(request.id());
  }

  @Override
  public int tag() {
    return TAG;
  }

  @Override
  public void encodeFields(Encoder out) {
    out.u64(time).u64(amount.units()).u8(phase.code());
    request.encode(out);
  }

  static TransferRecord decodeFields(Decoder in) throws DecodingException {
    long time = in.u63();
    Amount amount = new Amount(in.u63());
    Phase phase = Codes.constant(Phase.BY_CODE, in);
    Transfer request = Transfer.decode(in);
    if ((phase == Phase.NONE) == (request instanceof Transfer.Pending)) {
      throw in.fault(DecodingFault.OUT_OF_RANGE, "phase " + phase + " of such a transfer");
    }
    return new TransferRecord(request, time, amount, phase);
  }
}
