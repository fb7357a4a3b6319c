package io.metanode.economy.supply;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.ExecutionIndex;
import io.metanode.economy.poe.PoeParameters;
import io.metanode.economy.poe.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * The reward of a provider's work in one window: from the mining allocation while it lasts, then
 * made anew. The id of the first transfer follows from provider and window alone, so a window is
 * rewarded once, whatever a second claim says.
 *
 * @param provider the provider's NEX account
 * @param window which one: when it began
 * @param usage all that the provider metered in it
 */
public record PoeReward(AccountId provider, long window, Usage usage) {

  /**
   * Rewards the window.
   *
   * @return the first result that is not {@link TransferStatus#OK}, or OK with the whole reward;
   *     {@link TransferStatus#AMOUNT_ZERO} if the work is worth nothing
   */
  public TransferResult pay(AccountLedger ledger, PoeParameters parameters, long now) {
    Amount reward = ExecutionIndex.of(usage, parameters).nex(parameters);
    Amount stock =
        ledger
            .account(Purse.MINING.of(Token.NEX))
            .map(Account::available)
            .orElse(Amount.ZERO)
            .min(reward);
    List<Transfer> batch = new ArrayList<>();
    if (!stock.isZero()) {
      batch.add(part(0, Purse.MINING, stock, Codes.REWARD));
    }
    if (batch.isEmpty() || stock.compareTo(reward) < 0) {
      batch.add(part(batch.size(), Purse.ISSUE, reward.minus(stock), Codes.MINT));
    }
    return ledger.applyAll(batch, now).stream()
        .filter(result -> !result.ok() && result.status() != TransferStatus.BATCH_FAILED)
        .findFirst()
        .orElse(new TransferResult(TransferStatus.OK, reward));
  }

  private Transfer part(int number, Purse from, Amount amount, int code) {
    return new Transfer.Direct(
        TransferId.named("metanode poe " + number + " " + provider + " " + window),
        Movement.of(from.of(Token.NEX), provider, Token.NEX, amount, code));
  }
}
