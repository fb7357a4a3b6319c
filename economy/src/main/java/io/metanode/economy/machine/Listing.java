package io.metanode.economy.machine;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.Entry;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes all values of the economy, and shows those of one kind as the API does. */
public final class Listing {

  private final List<Fact> facts = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private final Map<AccountId, Bytes32> owners = new HashMap<>();

  /** Takes a value; {@link StateAudit} finds those that are none. */
  public void read(Bytes value) {
    try {
      if (value.at(0) < Fact.FIRST_TAG) {
        if (Entry.decode(value) instanceof Account account) {
          accounts.add(account);
        }
        return;
      }
      Fact fact = Fact.decode(value);
      facts.add(fact);
      if (fact instanceof Owner owner) {
        owners.put(owner.account(), owner.owner());
      }
    } catch (DecodingException e) {
      throw new IllegalStateException("the state holds no value of the economy: " + value, e);
    }
  }

  private <T extends Fact> List<Map<String, Object>> all(Class<T> type, Comparator<T> order) {
    return facts.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .sorted(order)
        .map(FactJson::of)
        .toList();
  }

  /** The one whose votes close last comes last. */
  public List<Map<String, Object>> proposals() {
    return all(
        Proposal.class,
        Comparator.comparingLong(Proposal::closes)
            .thenComparing(proposal -> proposal.id().toString()));
  }

  /** By when they were decided on. */
  public List<Map<String, Object>> providers() {
    return all(
        Provider.class,
        Comparator.comparingLong(Provider::since)
            .thenComparing(provider -> provider.owner().toString()));
  }

  /** The newest last. */
  public List<Map<String, Object>> windows() {
    return all(
        WindowClaim.class,
        Comparator.comparingLong(WindowClaim::window)
            .thenComparing(claim -> claim.provider().toString()));
  }

  /** By token and owner. */
  public List<Map<String, Object>> accounts() {
    return accounts.stream()
        .filter(account -> owners.containsKey(account.id()))
        .sorted(
            Comparator.comparing(Account::token)
                .thenComparing(account -> String.valueOf(owners.get(account.id())))
                .thenComparing(account -> account.id().toString()))
        .map(this::json)
        .toList();
  }

  private Map<String, Object> json(Account account) {
    Map<String, Object> json = EntryJson.of(account);
    json.put("owner", String.valueOf(owners.get(account.id())));
    return json;
  }
}
