package io.metanode.economy.supply;

import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.accounts.TransferResult;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the network begins with. Once it is made, the account GEN comes from is frozen: nothing
 * leaves it any more, so there is never more GEN.
 */
public final class GenesisSupply {

  /** Six months: half a year of 365 days, in milliseconds. */
  public static final long FOUNDER_LOCK_MILLIS = 365L * 86_400_000 / 2;

  /**
   * A share of a token.
   *
   * @param whole in whole tokens
   */
  public record Allocation(Purse purse, Token token, long whole) {}

  public static final List<Allocation> ALLOCATIONS =
      List.of(
          new Allocation(Purse.TREASURY, Token.GEN, 60_000),
          new Allocation(Purse.FOUNDER, Token.GEN, 20_000),
          new Allocation(Purse.GOVERNANCE, Token.GEN, 20_000),
          new Allocation(Purse.MINING, Token.NEX, 200_000),
          new Allocation(Purse.VALIDATORS, Token.NEX, 60_000),
          new Allocation(Purse.GRANTS, Token.NEX, 40_000),
          new Allocation(Purse.CIRCULATION, Token.FLX, 300_000),
          new Allocation(Purse.LIQUIDITY, Token.FLX, 100_000),
          new Allocation(Purse.MERCHANTS, Token.FLX, 50_000),
          new Allocation(Purse.FAUCET, Token.FLX, 50_000));

  /** The purses that pay for what the genesis of a ledger gives to wallets, in their order. */
  private static final Map<Token, List<Purse>> FOR_WALLETS =
      Map.of(
          Token.GEN, List.of(Purse.TREASURY),
          Token.NEX, List.of(Purse.GRANTS),
          Token.FLX, List.of(Purse.CIRCULATION, Purse.FAUCET),
          Token.AUR, List.of());

  private static final AccountFlags ISSUER = new AccountFlags(AccountFlags.CREDITS_WITHIN_DEBITS);

  private GenesisSupply() {}

  /**
   * Opens the economy's own accounts in an empty ledger and fills them.
   *
   * @param now in milliseconds; the founder's lock begins then
   * @throws IllegalStateException if the ledger is not empty
   */
  public static void create(AccountLedger ledger, long now) {
    for (Token token : Token.values()) {
      open(ledger, Purse.ISSUE, token, ISSUER, 0, now);
      open(ledger, Purse.WALLETS, token, AccountFlags.WALLET, 0, now);
      if (token != Token.GEN) {
        open(ledger, Purse.TREASURY, token, AccountFlags.WALLET, 0, now);
      }
    }
    open(ledger, Purse.OWNER, Token.NEX, AccountFlags.WALLET, 0, now);
    open(ledger, Purse.FEES, Token.FLX, AccountFlags.WALLET, 0, now);
    List<Transfer> grants = new ArrayList<>();
    for (Allocation allocation : ALLOCATIONS) {
      boolean locked = allocation.purse() == Purse.FOUNDER;
      open(
          ledger,
          allocation.purse(),
          allocation.token(),
          AccountFlags.WALLET,
          locked ? Math.addExact(now, FOUNDER_LOCK_MILLIS) : 0,
          now);
      grants.add(grant(allocation));
    }
    List<TransferResult> results = ledger.applyAll(grants, now);
    require(results.stream().allMatch(TransferResult::ok), results.toString());
    AccountStatus frozen = ledger.freeze(Purse.ISSUE.of(Token.GEN));
    require(frozen == AccountStatus.OK, frozen.toString());
  }

  /** What there is for wallets in the beginning. */
  public static Amount mostInWallets(Token token) {
    return purses(token)
        .map(allocation -> Amount.tokens(allocation.whole()))
        .reduce(Amount.ZERO, Amount::plus);
  }

  private static Stream<Allocation> purses(Token token) {
    return FOR_WALLETS.getOrDefault(token, List.of()).stream()
        .flatMap(purse -> ALLOCATIONS.stream().filter(a -> a.purse() == purse))
        .filter(allocation -> allocation.token() == token);
  }

  /**
   * Moves what wallets hold already out of purses. Called once, after {@link #create}.
   *
   * @throws IllegalStateException if it is more than {@link #mostInWallets}
   */
  public static void fillWallets(Token token, Amount held, AccountLedger ledger, long now) {
    Amount left = held;
    for (Allocation from : purses(token).toList()) {
      Amount part = left.min(Amount.tokens(from.whole()));
      if (!part.isZero()) {
        TransferResult result = ledger.apply(toWallets(from, part), now);
        require(result.ok(), result.toString());
        left = left.minus(part);
      }
    }
    require(left.isZero(), "wallets hold " + left + " " + token + " too much");
  }

  private static Transfer toWallets(Allocation from, Amount amount) {
    return new Transfer.Direct(
        TransferId.named("metanode genesis wallets " + from.token() + " " + from.purse()),
        Movement.of(
            from.purse().of(from.token()),
            Purse.WALLETS.of(from.token()),
            from.token(),
            amount,
            Codes.GENESIS));
  }

  private static void open(
      AccountLedger ledger, Purse purse, Token token, AccountFlags flags, long lock, long now) {
    AccountStatus status =
        ledger.open(
            new AccountTerms(purse.of(token), token, Codes.PURSE, flags, Amount.ZERO, lock), now);
    require(status == AccountStatus.OK, purse + " of " + token + ": " + status);
  }

  private static Transfer grant(Allocation allocation) {
    Token token = allocation.token();
    return new Transfer.Direct(
        TransferId.named("metanode genesis " + token + " " + allocation.purse()),
        Movement.of(
            Purse.ISSUE.of(token),
            allocation.purse().of(token),
            token,
            Amount.tokens(allocation.whole()),
            Codes.GENESIS));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(
          "the genesis of the economy needs an empty ledger: " + otherwise);
    }
  }
}
