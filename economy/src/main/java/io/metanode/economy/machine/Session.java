package io.metanode.economy.machine;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.supply.Codes;
import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.DecodingException;
import io.metanode.ledger.LedgerModule.Place;
import io.metanode.ledger.ModuleContext;
import io.metanode.ledger.ModuleState;
import java.util.Optional;

/** What an operation works on: the accounts, the facts and the wallets, in one block. */
final class Session {

  private final ModuleState state;
  private final StateEntries entries;
  private final AccountLedger ledger;
  private final ModuleContext context;

  Session(ModuleContext context, ModuleState state) {
    this.state = state;
    this.context = context;
    entries = new StateEntries(state);
    ledger = new AccountLedger(entries);
  }

  AccountLedger ledger() {
    return ledger;
  }

  ModuleState state() {
    return state;
  }

  /** The block's time, in milliseconds. */
  long now() {
    return context.timeMillis();
  }

  long height() {
    return context.height();
  }

  <T extends Fact> Optional<T> fact(Place place, Class<T> type) {
    return state.get(place.namespace(), place.key()).map(encoded -> read(encoded, type));
  }

  static <T extends Fact> T read(Bytes encoded, Class<T> type) {
    try {
      return type.cast(Fact.decode(encoded));
    } catch (DecodingException | ClassCastException e) {
      throw new IllegalStateException(
          "the state holds no " + type.getSimpleName() + " where one must be: " + encoded, e);
    }
  }

  void put(Fact fact) {
    state.put(fact.place().namespace(), fact.place().key(), fact.encode());
  }

  Rules rules() {
    return fact(Rules.PLACE, Rules.class).orElse(Rules.DEFAULT);
  }

  PriceBook prices() {
    return fact(PriceBookFact.PLACE, PriceBookFact.class)
        .map(PriceBookFact::book)
        .orElse(PriceBook.FIRST);
  }

  /** Who may spend from an account; empty for the economy's own and for one that is not there. */
  Optional<Bytes32> owner(AccountId account) {
    return fact(Owner.of(account), Owner.class).map(Owner::owner);
  }

  /** Whether an account is the economy's own. */
  boolean isPurse(AccountId id) {
    return ledger.account(id).map(Session::isPurse).orElse(false);
  }

  private static boolean isPurse(Account account) {
    return account.terms().code() == Codes.PURSE;
  }

  /** Brings what happened to the accounts into the state. */
  void write() {
    entries.writeTo(state);
  }
}
