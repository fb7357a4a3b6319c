package io.metanode.economy.accounts;

import io.metanode.economy.money.Amount;

/**
 * What came of a transfer.
 *
 * @param amount what was moved, held or released, also if that was before ({@link
 *     TransferStatus#EXISTS}); zero otherwise
 */
public record TransferResult(TransferStatus status, Amount amount) {

  static TransferResult failed(TransferStatus status) {
    return new TransferResult(status, Amount.ZERO);
  }

  static TransferResult done(Amount amount) {
    return new TransferResult(TransferStatus.OK, amount);
  }

  public boolean ok() {
    return status == TransferStatus.OK;
  }
}
