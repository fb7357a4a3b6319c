package io.metanode.economy.machine;

import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountStatus;
import io.metanode.economy.accounts.AccountTerms;
import io.metanode.economy.accounts.Movement;
import io.metanode.economy.accounts.Transfer;
import io.metanode.economy.accounts.TransferId;
import io.metanode.economy.billing.PriceBook;
import io.metanode.economy.billing.PriceList;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Codes;
import io.metanode.foundation.Bytes32;

/** What governance decided comes to hold. */
final class Enactment {

  private Enactment() {}

  /** Enacts a proposal; 0 or the code of why it cannot be, now. */
  static int perform(Proposal proposal, Session session) {
    return switch (proposal.change()) {
      case Change.SetRules change -> put(change.rules(), session);
      case Change.AddPrices change -> prices(change.list(), session);
      case Change.SetNotaries change -> put(change.notaries(), session);
      case Change.SetSources change -> put(change.sources(), session);
      case Change.SetProvider change ->
          put(new Provider(change.owner(), change.admitted(), session.now()), session);
      case Change.SetBank change -> bank(change.owner(), change.admitted(), session);
      case Change.Grant change -> grant(proposal.id(), change, session);
    };
  }

  private static int put(Fact fact, Session session) {
    session.put(fact);
    return 0;
  }

  private static int prices(PriceList list, Session session) {
    PriceBook book = session.prices();
    return switch (book.with(list, session.now())) {
      case PriceBook.Change.Added added when added.book().lists().size() <= PriceBookFact.MOST ->
          put(new PriceBookFact(added.book()), session);
      case PriceBook.Change.Added _, PriceBook.Change.WrongVersion _, PriceBook.Change.TooEarly _ ->
          VoteStatus.PRICES_NOT_NEXT.code();
    };
  }

  private static int bank(Bytes32 owner, boolean admitted, Session session) {
    AccountId id = Names.account(owner, Token.AUR, 0);
    boolean known = session.ledger().account(id).isPresent();
    AccountStatus status;
    if (!known && admitted) {
      AccountTerms terms =
          new AccountTerms(id, Token.AUR, Codes.BANK, AccountFlags.WALLET, Amount.ZERO, 0);
      status = Accounts.open(owner, terms, session);
    } else {
      status = admitted ? session.ledger().thaw(id) : session.ledger().freeze(id);
    }
    return status.code();
  }

  private static int grant(Bytes32 proposal, Change.Grant grant, Session session) {
    if (session.isPurse(grant.account())) {
      return StepStatus.ACCOUNT_RESERVED.code();
    }
    Movement movement =
        Movement.of(
            grant.purse().of(grant.token()),
            grant.account(),
            grant.token(),
            grant.amount(),
            Codes.GRANT);
    TransferId id = TransferId.named("metanode grant " + proposal);
    return session.ledger().apply(new Transfer.Direct(id, movement), session.now()).status().code();
  }
}
