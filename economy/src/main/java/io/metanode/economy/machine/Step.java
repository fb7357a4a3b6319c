package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.DecodingFault;
import io.metanode.foundation.Encoder;

/**
 * One of the things that a {@link Batch} does. Where a step makes a transfer, its id is a reference
 * that the sender chooses; the ledger keeps the transfer under {@link Names#transfer}.
 */
public sealed interface Step {

  int OPEN = 16;
  int FREEZE = 17;
  int THAW = 18;
  int CLOSE = 19;
  int DEPOSIT = 20;
  int WITHDRAW = 21;

  /** Moves, holds, posts or voids. */
  record Move(Transfer transfer) implements Step {}

  /**
   * Opens an account of the sender's, under {@link Names#account}.
   *
   * @param number the sender's own, from 0
   * @param history whether every change of its balance is kept
   * @param lockedUntil nothing leaves it before this ledger time, in milliseconds
   */
  record Open(Token token, int number, boolean history, long lockedUntil) implements Step {}

  /** Lets nothing leave an account of the sender's. */
  record Freeze(AccountId account) implements Step {}

  record Thaw(AccountId account) implements Step {}

  /** Ends an account of the sender's that holds nothing, for ever. */
  record Close(AccountId account) implements Step {}

  /** Moves an amount from the sender's wallet into an account, whoever's it is. */
  record Deposit(TransferId reference, AccountId account, Token token, Amount amount)
      implements Step {}

  /** Moves an amount from an account of the sender's into a wallet, whoever's it is. */
  record Withdraw(
      TransferId reference, AccountId account, Token token, Amount amount, Bytes32 wallet)
      implements Step {}

  default void encode(Encoder out) {
    switch (this) {
      case Move move -> move.transfer().encode(out);
      case Open open ->
          out.u8(OPEN)
              .u8(open.token().code())
              .u32(open.number())
              .u8(open.history() ? 1 : 0)
              .u64(open.lockedUntil());
      case Freeze freeze -> out.u8(FREEZE).bytes32(freeze.account().value());
      case Thaw thaw -> out.u8(THAW).bytes32(thaw.account().value());
      case Close close -> out.u8(CLOSE).bytes32(close.account().value());
      case Deposit d ->
          out.u8(DEPOSIT)
              .bytes32(d.reference().value())
              .bytes32(d.account().value())
              .u8(d.token().code())
              .u64(d.amount().units());
      case Withdraw w ->
          out.u8(WITHDRAW)
              .bytes32(w.reference().value())
              .bytes32(w.account().value())
              .u8(w.token().code())
              .u64(w.amount().units())
              .bytes32(w.wallet());
    }
  }

  static Step decode(Decoder in) throws DecodingException {
    int kind = in.u8();
    return switch (kind) {
      case Transfer.DIRECT, Transfer.PENDING, Transfer.POST, Transfer.VOID ->
          new Move(Transfer.decode(kind, in));
      case OPEN -> new Open(Fields.token(in), in.u31(), Fields.flag(in), in.u63());
      case FREEZE -> new Freeze(Fields.account(in));
      case THAW -> new Thaw(Fields.account(in));
      case CLOSE -> new Close(Fields.account(in));
      case DEPOSIT ->
          new Deposit(Fields.transfer(in), Fields.account(in), Fields.token(in), Fields.amount(in));
      case WITHDRAW ->
          new Withdraw(
              Fields.transfer(in),
              Fields.account(in),
              Fields.token(in),
              Fields.amount(in),
              in.bytes32());
      default -> throw in.fault(DecodingFault.UNKNOWN_CODE, "step " + kind);
    };
  }
}
