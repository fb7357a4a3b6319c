package io.metanode.economy.machine;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.accounts.EntryKey;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Purse;
import io.metanode.economy.supply.Supply;
import io.metanode.foundation.Bytes32;
import io.metanode.ledger.LedgerModule.Found;
import io.metanode.ledger.LedgerModule.Place;
import io.metanode.ledger.ModuleReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ledger's API says of the economy: see docs/formats/ledger-api.md. */
public final class Answers {

  private final ModuleReader state;
  private final AccountLedger ledger;

  private Answers(ModuleReader state) {
    this.state = state;
    ledger = new AccountLedger(new StateEntries(state));
  }

  /** What is at a path; empty if there is nothing. */
  public static Optional<Found> find(List<String> path, ModuleReader state) {
    return new Answers(state).find(path);
  }

  private Optional<Found> find(List<String> path) {
    String what = path.getFirst() + " " + path.size();
    return switch (what) {
      case "accounts 2" -> id(path.get(1)).map(AccountId::new).flatMap(this::account);
      case "transfers 2" -> id(path.get(1)).map(TransferId::new).flatMap(this::transfer);
      case "supply 1" -> supply();
      case "aur 1" -> aur();
      case "governance 1" -> governance();
      case "rules 1" -> Optional.of(fact(Rules.PLACE).orElse(found(Rules.DEFAULT)));
      case "prices 1" ->
          Optional.of(fact(PriceBookFact.PLACE).orElse(found(new PriceBookFact(PriceBook.FIRST))));
      case "rate 1" -> fact(PriceState.PLACE);
      case "sources 1" -> fact(Sources.PLACE);
      case "notaries 1" -> fact(NotarySet.PLACE);
      case "reserve 1" -> fact(Reserve.PLACE);
      case "providers 2" -> id(path.get(1)).map(Provider::of).flatMap(this::fact);
      case "cursors 2" -> id(path.get(1)).map(LogCursor::ofHash).flatMap(this::fact);
      case "proposals 2" -> id(path.get(1)).map(Proposal::of).flatMap(this::fact);
      case "windows 3" ->
          id(path.get(1))
              .flatMap(who -> window(path.get(2)).map(when -> WindowClaim.of(who, when)))
              .flatMap(this::fact);
      default -> Optional.empty();
    };
  }

  private static Optional<Bytes32> id(String text) {
    return text.matches("[0-9a-fA-F]{64}") ? Optional.of(Bytes32.ofHex(text)) : Optional.empty();
  }

  private static Optional<Long> window(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private Optional<Found> fact(Place place) {
    return state
        .get(place.namespace(), place.key())
        .map(encoded -> found(Session.read(encoded, Fact.class)));
  }

  private static Found found(Fact fact) {
    return new Found(Optional.of(fact.place()), FactJson.of(fact));
  }

  private static Optional<Place> place(EntryKey key) {
    return Optional.of(new Place(key.space(), key.id()));
  }

  private Optional<Found> account(AccountId id) {
    return ledger.account(id).map(account -> new Found(place(account.key()), json(account)));
  }

  private Map<String, Object> json(Account account) {
    Map<String, Object> json = EntryJson.of(account);
    owner(account.id()).ifPresent(owner -> json.put("owner", owner.toString()));
    for (Purse purse : Purse.values()) {
      if (purse.of(account.token()).equals(account.id())) {
        json.put("purse", purse.name());
      }
    }
    return json;
  }

  private Optional<Bytes32> owner(AccountId id) {
    Place place = Owner.of(id);
    return state
        .get(place.namespace(), place.key())
        .map(encoded -> Session.read(encoded, Owner.class).owner());
  }

  private Optional<Found> transfer(TransferId id) {
    return ledger.transfer(id).map(done -> new Found(place(done.key()), EntryJson.of(done)));
  }

  private Optional<Found> supply() {
    if (!hasBegun()) {
      return Optional.empty();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    for (Token token : Token.values()) {
      Supply supply = Supply.of(token, ledger);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("outstanding", supply.outstanding().units());
      one.put("inTransit", supply.inTransit().units());
      one.put("inWallets", state.wallets(token.code()));
      json.put(token.name(), one);
    }
    return Optional.of(new Found(Optional.empty(), json));
  }

  private boolean hasBegun() {
    return ledger.account(Purse.ISSUE.of(Token.GEN)).isPresent();
  }

  private <T extends Fact> Optional<T> value(Place place, Class<T> type) {
    return state.get(place.namespace(), place.key()).map(encoded -> Session.read(encoded, type));
  }

  /** How much AUR there is, and what it rests on. */
  private Optional<Found> aur() {
    if (!hasBegun()) {
      return Optional.empty();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    Supply supply = Supply.of(Token.AUR, ledger);
    json.put("outstanding", supply.outstanding().units());
    json.put("inTransit", supply.inTransit().units());
    value(Reserve.PLACE, Reserve.class).ifPresent(found -> json.putAll(FactJson.of(found)));
    json.put(
        "sourcesDisagree",
        value(PriceState.PLACE, PriceState.class).map(PriceState::disagree).orElse(false));
    return Optional.of(new Found(Optional.empty(), json));
  }

  /** What it takes to decide. */
  private Optional<Found> governance() {
    if (!hasBegun()) {
      return Optional.empty();
    }
    VotingRules voting = value(Rules.PLACE, Rules.class).orElse(Rules.DEFAULT).voting();
    Amount votable = Governance.votable(ledger);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("votable", votable.units());
    json.put("decidesAtOnce", votable.units() / 2 + 1);
    json.put("quorum", votable.times(voting.quorum(), VotingRules.WHOLE).units());
    json.put("leastToPropose", voting.least().units());
    json.put("openMillis", voting.openMillis());
    json.put("timelockMillis", voting.timelockMillis());
    return Optional.of(new Found(Optional.empty(), json));
  }
}
