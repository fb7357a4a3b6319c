package io.metanode.economy.accounts;

import io.metanode.economy.accounts.Movement.Balancing;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.foundation.Bytes32;
import java.util.List;

/**
 * Money that two parties lay aside until it is clear who gets it: a two-phase transfer into an
 * account of its own, then at most one settlement out of it. Each method gives the batch to apply;
 * the ids follow from the escrow's, so no step is ever done twice.
 *
 * @param id the escrow's own account
 * @param payer whose money it is at first
 * @param payee who is to get it
 * @param code of its account and transfers
 */
public record Escrow(AccountId id, AccountId payer, AccountId payee, Token token, int code) {

  /** The account to open first. */
  public AccountTerms account() {
    return AccountTerms.wallet(id, token, code);
  }

  /**
   * Holds the payer's money for the escrow.
   *
   * @param timeoutSeconds after which the payer has it back unless it was taken; 0 for never
   */
  public List<Transfer> hold(Amount amount, int timeoutSeconds) {
    Movement movement = Movement.of(payer, id, token, amount, code);
    return List.of(new Transfer.Pending(step("hold"), movement, timeoutSeconds));
  }

  /** Takes what is held into the escrow. */
  public List<Transfer> take() {
    return List.of(new Transfer.PostPending(step("take"), step("hold"), Amount.MAX, Bytes32.ZERO));
  }

  /** Gives the payer back what is held, before it was taken. */
  public List<Transfer> release() {
    return List.of(new Transfer.VoidPending(step("take"), step("hold"), Bytes32.ZERO));
  }

  /**
   * Pays out all that was taken: so much to the payee, the rest to the payer.
   *
   * @param share of the payee; the batch fails if the escrow has less
   */
  public List<Transfer> settle(Amount share) {
    Transfer rest =
        new Transfer.Direct(
            step("rest"),
            new Movement(id, payer, token, Amount.MAX, Balancing.DEBIT, code, Bytes32.ZERO));
    return share.isZero()
        ? List.of(rest)
        : List.of(
            new Transfer.Direct(step("share"), Movement.of(id, payee, token, share, code)), rest);
  }

  private TransferId step(String name) {
    return TransferId.named("escrow " + id + " " + name);
  }
}
