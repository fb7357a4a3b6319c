package io.metanode.economy.machine;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.price.AttestedReserve;
import io.metanode.economy.price.Notaries.Verdict;
import io.metanode.economy.supply.AurIssue;
import io.metanode.economy.supply.Codes;
import io.metanode.foundation.Bytes32;
import java.util.Optional;

/**
 * AUR: notaries attest the reserve; a notary puts AUR in transit to a bank, as long as the reserve
 * is above all there is; the bank posts it within a minute, or it never was; a bank redeems what it
 * holds.
 */
final class Gold {

  private Gold() {}

  static int attest(Attestation attestation, Session session) {
    Optional<NotarySet> notaries = session.fact(NotarySet.PLACE, NotarySet.class);
    if (notaries.isEmpty()) {
      return MarketStatus.NO_NOTARIES.code();
    }
    long newest = reserve(session).map(known -> known.attestation().asOf()).orElse(0L);
    Verdict verdict =
        notaries
            .get()
            .notaries()
            .verify(attestation.stated(), attestation.signatures(), newest, session.now());
    return switch (verdict) {
      case Verdict.NotInForce _ -> MarketStatus.ATTESTATION_NOT_IN_FORCE.code();
      case Verdict.Superseded _ -> MarketStatus.ATTESTATION_SUPERSEDED.code();
      case Verdict.TooFewSignatures _ -> MarketStatus.ATTESTATION_NOT_SIGNED.code();
      case Verdict.Accepted accepted -> {
        session.put(new Reserve(accepted.reserve().attestation()));
        yield 0;
      }
    };
  }

  private static Optional<Reserve> reserve(Session session) {
    return session.fact(Reserve.PLACE, Reserve.class);
  }

  static int issue(Bytes32 sender, Issue issue, Session session) {
    Optional<NotarySet> notaries = session.fact(NotarySet.PLACE, NotarySet.class);
    if (notaries.isEmpty()) {
      return MarketStatus.NO_NOTARIES.code();
    }
    if (!notaries.get().keys().contains(sender)) {
      return MarketStatus.NOT_A_NOTARY.code();
    }
    if (!isBank(issue, session)) {
      return MarketStatus.NOT_A_BANK.code();
    }
    if (Prices.state(session).disagree()) {
      return MarketStatus.PRICES_DISAGREE.code();
    }
    Optional<Reserve> reserve = reserve(session);
    if (reserve.isEmpty()) {
      return MarketStatus.NOT_BACKED.code();
    }
    AurIssue made = new AurIssue(issue.settlement().toString(), issue.bank(), issue.amount());
    return switch (made.send(backing(reserve.get()), session.ledger(), session.now())) {
      case AurIssue.Outcome.InTransit _ -> 0;
      case AurIssue.Outcome.NotABank _ -> MarketStatus.NOT_A_BANK.code();
      case AurIssue.Outcome.NotBacked _ -> MarketStatus.NOT_BACKED.code();
      case AurIssue.Outcome.Refused refused -> refused.result().status().code();
    };
  }

  private static AttestedReserve backing(Reserve reserve) {
    return AttestedReserve.accepted(reserve.attestation());
  }

  private static boolean isBank(Issue issue, Session session) {
    return session
        .ledger()
        .account(issue.bank())
        .filter(account -> account.terms().code() == Codes.BANK)
        .filter(account -> !account.is(AccountFlags.FROZEN))
        .isPresent();
  }

  static int redeem(Bytes32 sender, Issue issue, Session session) {
    Optional<Account> account = session.ledger().account(issue.bank());
    if (account.isEmpty() || account.get().terms().code() != Codes.BANK) {
      return MarketStatus.NOT_A_BANK.code();
    }
    if (!session.owner(issue.bank()).filter(sender::equals).isPresent()) {
      return StepStatus.NOT_OWNER.code();
    }
    return new AurIssue(issue.settlement() + " " + issue.bank(), issue.bank(), issue.amount())
        .redeem(session.ledger(), session.now())
        .status()
        .code();
  }
}
