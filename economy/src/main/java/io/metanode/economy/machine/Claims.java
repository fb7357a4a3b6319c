package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.accounts.TransferStatus;
import io.metanode.economy.machine.Claim.Cited;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.Usage;
import io.metanode.economy.supply.PoeReward;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.AcceptedLogBlock;
import java.util.List;
import java.util.Optional;

/**
 * Rewards of proof of execution. A window is a stretch of the ledger's time; to it belong the
 * LogBlocks that the ledger took in it. A provider claims a window after it is over, for LogBlocks
 * that it owns and that no claim cited before; if those are more than one claim may cite, in
 * several claims, which bring in all what one would. The reward goes to its first NEX account.
 */
final class Claims {

  private final Bytes32 sender;
  private final Claim claim;
  private final Session session;
  private final Rules rules;
  private final Optional<WindowClaim> before;
  private Usage usage;
  private long logBlocks;

  private Claims(Bytes32 sender, Claim claim, Session session) {
    this.sender = sender;
    this.claim = claim;
    this.session = session;
    rules = session.rules();
    before = session.fact(WindowClaim.of(sender, claim.window()), WindowClaim.class);
    usage = before.map(WindowClaim::usage).orElse(Usage.NONE);
    logBlocks = claimed();
  }

  /** The LogBlocks of the window that claims before it cited. */
  private long claimed() {
    return before.map(WindowClaim::logBlocks).orElse(0L);
  }

  /** Takes a claim; 0 or the code of why not. */
  static int perform(Bytes32 sender, Claim claim, Session session) {
    Claims claims = new Claims(sender, claim, session);
    return claims.refusal().or(claims::cite).map(ClaimStatus::code).orElseGet(claims::pay);
  }

  private Optional<ClaimStatus> refusal() {
    if (!session.fact(Provider.of(sender), Provider.class).map(Provider::admitted).orElse(false)) {
      return Optional.of(ClaimStatus.NOT_A_PROVIDER);
    }
    if (claim.window() % rules.windowMillis() != 0) {
      return Optional.of(ClaimStatus.WINDOW_UNKNOWN);
    }
    return session.now() - rules.windowMillis() < claim.window()
        ? Optional.of(ClaimStatus.WINDOW_OPEN)
        : Optional.empty();
  }

  private Optional<ClaimStatus> cite() {
    for (Cited log : claim.cited()) {
      Optional<ClaimStatus> refused = cite(log);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return Optional.empty();
  }

  private Optional<ClaimStatus> cite(Cited log) {
    long next =
        session.fact(LogCursor.of(log.origin()), LogCursor.class).map(LogCursor::next).orElse(0L);
    for (long number = log.first(); number < log.first() + log.count(); number++) {
      Optional<AcceptedLogBlock> block = session.state().logBlock(log.origin(), number);
      if (block.isEmpty()) {
        return Optional.of(ClaimStatus.CITED_UNKNOWN);
      }
      if (!block.get().owner().equals(sender)) {
        return Optional.of(ClaimStatus.CITED_NOT_OWNED);
      }
      long age = block.get().timeMillis() - claim.window();
      if (age < 0 || age >= rules.windowMillis()) {
        return Optional.of(ClaimStatus.CITED_OUTSIDE_WINDOW);
      }
      if (number < next) {
        return Optional.of(ClaimStatus.CITED_BEFORE);
      }
      usage = usage.plus(usage(block.get().usage()));
      logBlocks++;
    }
    session.put(new LogCursor(log.origin(), log.first() + log.count()));
    return Optional.empty();
  }

  private static Usage usage(List<Long> sums) {
    return new Usage(sums.get(0), sums.get(1), sums.get(2), sums.get(3), sums.get(4));
  }

  private int pay() {
    AccountId account = Names.account(sender, Token.NEX, 0);
    Amount earlier = before.map(WindowClaim::reward).orElse(Amount.ZERO);
    TransferResult paid =
        new PoeReward(account, claim.window(), usage, claimed(), earlier)
            .pay(session.ledger(), rules.poe(), session.now());
    if (paid.status() == TransferStatus.OK) {
      session.put(
          new WindowClaim(
              sender,
              claim.window(),
              usage,
              logBlocks,
              earlier.plus(paid.amount()),
              session.height()));
    }
    return paid.status().code();
  }
}
