package io.metanode.economy;

import io.metanode.crypto.SigningException;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.billing.PriceList;
import io.metanode.economy.machine.Change;
import io.metanode.economy.machine.NotarySet;
import io.metanode.economy.machine.Operation;
import io.metanode.economy.machine.RuleNumbers;
import io.metanode.economy.machine.Sources;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.poe.Component;
import io.metanode.economy.price.PriceRules;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerTransactions;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes transactions that propose a change and vote for it.
 *
 * @param requests of the proposer
 * @param reference the proposer's own, chosen once
 * @param voter the proposer's account of GEN that votes for it
 */
public record EconomyProposals(EconomyRequests requests, Bytes32 reference, Bytes32 voter) {

  private LedgerTransactions.Signed propose(Change change) throws SigningException {
    return requests.sign(new Operation.Propose(reference, new AccountId(voter), change));
  }

  /** That the work of a log's owner is rewarded, or no longer. */
  public LedgerTransactions.Signed provider(Bytes32 owner, boolean admitted)
      throws SigningException {
    return propose(new Change.SetProvider(owner, admitted));
  }

  /** That a bank may hold AUR, or is frozen. */
  public LedgerTransactions.Signed bank(Bytes32 owner, boolean admitted) throws SigningException {
    return propose(new Change.SetBank(owner, admitted));
  }

  /**
   * That a purse pays.
   *
   * @param purse such as {@code TREASURY}
   * @param amount minor units
   * @throws IllegalArgumentException if there is no such purse or token, or nothing is paid of it
   */
  public LedgerTransactions.Signed grant(String purse, String token, Bytes32 account, long amount)
      throws SigningException {
    return propose(
        new Change.Grant(
            Purse.valueOf(purse.toUpperCase(Locale.ROOT)),
            Token.valueOf(token.toUpperCase(Locale.ROOT)),
            new AccountId(account),
            new Amount(amount)));
  }

  /**
   * Other rules: all of them, by the names that the API shows.
   *
   * @throws IllegalArgumentException if one is missing, unknown or out of its bounds
   */
  public LedgerTransactions.Signed rules(Map<String, Long> numbers) throws SigningException {
    return propose(new Change.SetRules(RuleNumbers.rules(numbers)));
  }

  /**
   * The next version of the prices of usage.
   *
   * @param version one above the newest
   * @param from when it begins to hold, in milliseconds
   * @param prices minor units of NEX for a whole unit, by the components' names
   * @throws IllegalArgumentException if a component has no price
   */
  public LedgerTransactions.Signed prices(int version, long from, Map<String, Long> prices)
      throws SigningException {
    Map<Component, Amount> amounts = new EnumMap<>(Component.class);
    prices.forEach(
        (name, units) ->
            amounts.put(Component.valueOf(name.toUpperCase(Locale.ROOT)), new Amount(units)));
    return propose(new Change.AddPrices(new PriceList(version, from, amounts)));
  }

  /**
   * Other notaries.
   *
   * @param threshold how many of them must sign
   * @throws IllegalArgumentException if a key is none or there twice, or fewer than that are
   */
  public LedgerTransactions.Signed notaries(int threshold, List<Bytes32> keys)
      throws SigningException {
    return propose(new Change.SetNotaries(new NotarySet(threshold, keys)));
  }

  /**
   * Other sources of the price of FLX.
   *
   * @param least how many fresh quotes make a price
   * @param staleMillis the age from which a quote counts no more
   * @param spread how far apart they may be, in millionths of their median
   * @param dailyMove what a rate must stay below in a day, in millionths
   * @throws IllegalArgumentException if a key is none or there twice, or a number is out of bounds
   */
  public LedgerTransactions.Signed sources(
      int least, long staleMillis, long spread, long dailyMove, List<Bytes32> keys)
      throws SigningException {
    PriceRules rules = new PriceRules(least, staleMillis, spread, dailyMove);
    return propose(new Change.SetSources(new Sources(rules, keys)));
  }
}
