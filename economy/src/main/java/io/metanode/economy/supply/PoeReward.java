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
 * made anew. A window may be rewarded in parts: each brings what all work so far is worth less what
 * was paid before, so that parts bring in all what one would. The ids of the transfers follow from
 * provider, window and how much came before, so that a part is rewarded once, whatever a second
 * claim says.
 *
 * @param provider the provider's NEX account
 * @param window which one: when it began
 * @param usage all that the provider metered in it, that of parts before included
 * @param before the LogBlocks of parts before
 * @param paid what those were paid
 */
public record PoeReward(AccountId provider, long window, Usage usage, long before, Amount paid) {

  /** That of a window at once. */
  public PoeReward(AccountId provider, long window, Usage usage) {
    this(provider, window, usage, 0, Amount.ZERO);
  }

  /**
   * Rewards the part.
   *
   * @return the first result that is not {@link TransferStatus#OK}, or OK with the part's reward;
   *     {@link TransferStatus#AMOUNT_ZERO} if the work is worth no more than was paid
   */
  public TransferResult pay(AccountLedger ledger, PoeParameters parameters, long now) {
    Amount whole = ExecutionIndex.of(usage, parameters).nex(parameters);
    Amount reward = whole.minus(paid.min(whole));
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
    String later = before == 0 ? "" : " " + before;
    return new Transfer.Direct(
        TransferId.named("metanode poe " + number + " " + provider + " " + window + later),
        Movement.of(from.of(Token.NEX), provider, Token.NEX, amount, code));
  }
}
