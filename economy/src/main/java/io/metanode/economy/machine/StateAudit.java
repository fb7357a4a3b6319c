package io.metanode.economy.machine;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.EntriesInMemory;
import io.metanode.economy.accounts.Entry;
import io.metanode.economy.accounts.LedgerAudit;
import io.metanode.economy.accounts.Total;
import io.metanode.economy.accounts.TransferRecord;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;
import io.metanode.economy.supply.GenesisSupply;
import io.metanode.economy.supply.Purse;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.LedgerModule.Place;
import io.metanode.ledger.LedgerProof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the economy's part of a ledger's state against all that it promises: what {@link
 * LedgerAudit} checks, that the wallets of the ledger hold what the control accounts say, that
 * every account but the purses has an owner, and that no more of a token is there than may be.
 */
public final class StateAudit {

  private final EntriesInMemory entries = new EntriesInMemory();
  private final Map<AccountId, Account> accounts = new HashMap<>();
  private final Map<AccountId, Owner> owners = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int transfers;

  /** How many accounts there are. */
  public int accounts() {
    return accounts.size();
  }

  /** How many transfers there are. */
  public int transfers() {
    return transfers;
  }

  /**
   * Takes a value of the state.
   *
   * @param key as {@link LedgerProof} names it
   */
  public void read(String key, Bytes value) {
    try {
      Place place = place(value);
      require(LedgerProof.moduleKey(place).equals(key), "a value is not at its key: " + value);
    } catch (DecodingException e) {
      faults.add("the state holds what is no value of the economy: " + value);
    }
  }

  private Place place(Bytes value) throws DecodingException {
    if (value.at(0) < Fact.FIRST_TAG) {
      return read(Entry.decode(value));
    }
    Fact fact = Fact.decode(value);
    if (fact instanceof Owner owner) {
      owners.put(owner.account(), owner);
    }
    return fact.place();
  }

  private Place read(Entry entry) {
    entries.put(entry);
    if (entry instanceof Account account) {
      accounts.put(account.id(), account);
    }
    if (entry instanceof TransferRecord) {
      transfers++;
    }
    return new Place(entry.key().space(), entry.key().id());
  }

  /**
   * What is wrong; nothing if all is well. To be called once, when all values were taken.
   *
   * @param wallets what all wallets hold, by the token's code
   */
  public List<String> faults(List<Long> wallets) {
    faults.addAll(LedgerAudit.of(entries).faults());
    accounts.values().forEach(this::owned);
    for (AccountId account : owners.keySet()) {
      require(accounts.containsKey(account), account + " has an owner and is not there");
    }
    for (Token token : Token.values()) {
      control(token, wallets.get(token.code()));
    }
    Account gen = accounts.get(Purse.ISSUE.of(Token.GEN));
    require(gen != null && gen.is(AccountFlags.FROZEN), "more GEN can be made");
    Amount fixed =
        GenesisSupply.ALLOCATIONS.stream()
            .filter(allocation -> allocation.token() == Token.GEN)
            .map(allocation -> Amount.tokens(allocation.whole()))
            .reduce(Amount.ZERO, Amount::plus);
    require(supply(Token.GEN).equals(fixed), "there are " + supply(Token.GEN) + " GEN");
    return List.copyOf(faults);
  }

  private void owned(Account account) {
    boolean purse = account.terms().code() == Codes.PURSE;
    boolean owned = owners.containsKey(account.id());
    require(purse != owned, account.id() + (purse ? " is a purse with an owner" : " is nobody's"));
  }

  private void control(Token token, long wallets) {
    Account control = accounts.get(Purse.WALLETS.of(token));
    if (control == null) {
      faults.add("nothing says what the wallets hold of " + token);
      return;
    }
    Total held = control.balance().debitsPosted().plus(new Amount(wallets));
    require(
        held.equals(control.balance().creditsPosted()),
        "wallets hold %s %s, the control account says %s"
            .formatted(new Amount(wallets), token, balance(control)));
    require(
        control.balance().debitsPending().isZero() && control.balance().creditsPending().isZero(),
        "the control account of " + token + " has something pending");
  }

  private static Amount balance(Account account) {
    return account.balance().creditsPosted().above(account.balance().debitsPosted());
  }

  /** How much there is of a token, by the account it comes from. */
  public Amount supply(Token token) {
    Account issue = accounts.get(Purse.ISSUE.of(token));
    return issue == null
        ? Amount.ZERO
        : issue.balance().debitsPosted().above(issue.balance().creditsPosted());
  }

  /** What a purse holds of a token; nothing if there is no such purse. */
  public Amount balance(Purse purse, Token token) {
    Account account = accounts.get(purse.of(token));
    return account == null ? Amount.ZERO : balance(account);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }
}
