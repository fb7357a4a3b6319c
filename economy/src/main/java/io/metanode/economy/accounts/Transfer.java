package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/** What may be asked of the ledger. Asking twice with one id does nothing the second time. */
public sealed interface Transfer {

  int DIRECT = 1;
  int PENDING = 2;
  int POST = 3;
  int VOID = 4;

  TransferId id();

  /** Moves at once. */
  record Direct(TransferId id, Movement movement) implements Transfer {}

  /**
   * Holds until it is posted, voided or expires.
   *
   * @param timeoutSeconds after which it expires; 0 for never
   */
  record Pending(TransferId id, Movement movement, int timeoutSeconds) implements Transfer {

    /**
     * @throws IllegalArgumentException if the timeout is negative
     */
    public Pending {
      if (timeoutSeconds < 0) {
        throw new IllegalArgumentException("no timeout of " + timeoutSeconds + " s");
      }
    }
  }

  /**
   * Moves what is held, and releases the rest of it.
   *
   * @param amount at most what is held; {@link Amount#MAX} for all
   */
  record PostPending(TransferId id, TransferId pending, Amount amount, Bytes32 memo)
      implements Transfer {}

  /** Releases what is held. */
  record VoidPending(TransferId id, TransferId pending, Bytes32 memo) implements Transfer {}

  /** The same under another id. */
  default Transfer named(TransferId id) {
    return switch (this) {
      case Direct direct -> new Direct(id, direct.movement());
      case Pending pending -> new Pending(id, pending.movement(), pending.timeoutSeconds());
      case PostPending post -> new PostPending(id, post.pending(), post.amount(), post.memo());
      case VoidPending free -> new VoidPending(id, free.pending(), free.memo());
    };
  }

  /** The code in encodings. */
  default int kind() {
    return switch (this) {
      case Direct _ -> DIRECT;
      case Pending _ -> PENDING;
      case PostPending _ -> POST;
      case VoidPending _ -> VOID;
    };
  }

  default void encode(Encoder out) {
    out.u8(kind()).bytes32(id().value());
    switch (this) {
      case Direct direct -> direct.movement().encode(out);
      case Pending pending -> {
        pending.movement().encode(out);
        out.u32(pending.timeoutSeconds());
      }
      case PostPending post ->
          out.bytes32(post.pending().value()).u64(post.amount().units()).bytes32(post.memo());
      case VoidPending free -> out.bytes32(free.pending().value()).bytes32(free.memo());
    }
  }

  static Transfer decode(Decoder in) throws DecodingException {
    return decode(in.u8(), in);
  }

  /** Reads what follows a kind. */
  static Transfer decode(int kind, Decoder in) throws DecodingException {
    TransferId id = new TransferId(in.bytes32());
    return switch (kind) {
      case DIRECT -> new Direct(id, Movement.decode(in));
      case PENDING -> new Pending(id, Movement.decode(in), in.u31());
      case POST ->
          new PostPending(id, new TransferId(in.bytes32()), new Amount(in.u63()), in.bytes32());
      case VOID -> new VoidPending(id, new TransferId(in.bytes32()), in.bytes32());
      default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "transfer " + kind);
    };
  }
}
