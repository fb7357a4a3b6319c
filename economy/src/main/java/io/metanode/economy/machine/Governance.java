package io.metanode.economy.machine;

import io.metanode.economy.accounts.Account;
import io.metanode.economy.accounts.AccountFlags;
import io.metanode.economy.accounts.AccountId;
import io.metanode.economy.accounts.AccountLedger;
import io.metanode.economy.machine.Proposal.Phase;
import io.metanode.economy.money.Amount;
import io.metanode.economy.money.Token;
import io.metanode.economy.supply.Purse;
import io.metanode.economy.supply.Supply;
import io.metanode.foundation.Bytes32;
import java.util.Optional;

/**
 * Decisions by GEN. An account votes with what it holds, if nothing can leave it until votes close:
 * so no GEN votes twice, and one account may vote on any number of proposals. A proposal is decided
 * when one side has more than half of all GEN outside the purses, or when its time is over: then it
 * passes with a quorum and more for it than against it. Changes of rules wait before they hold.
 */
final class Governance {

  private Governance() {}

  static int propose(Bytes32 sender, Operation.Propose asked, Session session) {
    Bytes32 id = Proposal.id(sender, asked.reference());
    if (session.fact(Proposal.of(id), Proposal.class).isPresent()) {
      return VoteStatus.PROPOSAL_EXISTS.code();
    }
    VotingRules rules = session.rules().voting();
    long closes = Math.addExact(session.now(), rules.openMillis());
    Proposal proposal =
        new Proposal(id, sender, asked.change(), closes, Amount.ZERO, Amount.ZERO, Phase.OPEN, 0);
    return cast(sender, proposal, asked.account(), true, rules.least(), session);
  }

  static int vote(Bytes32 sender, Operation.Vote vote, Session session) {
    Optional<Proposal> proposal = session.fact(Proposal.of(vote.proposal()), Proposal.class);
    if (proposal.isEmpty()) {
      return VoteStatus.PROPOSAL_UNKNOWN.code();
    }
    if (proposal.get().phase() != Phase.OPEN || session.now() >= proposal.get().closes()) {
      return VoteStatus.PROPOSAL_CLOSED.code();
    }
    return cast(sender, proposal.get(), vote.account(), vote.approve(), new Amount(1), session);
  }

  private static int cast(
      Bytes32 sender,
      Proposal proposal,
      AccountId voter,
      boolean approve,
      Amount least,
      Session session) {
    Optional<Account> account =
        session.ledger().account(voter).filter(known -> known.token() == Token.GEN);
    if (account.isEmpty() || !session.owner(voter).filter(sender::equals).isPresent()) {
      return VoteStatus.VOTER_UNKNOWN.code();
    }
    if (account.get().terms().lockedUntil() < proposal.closes()) {
      return VoteStatus.VOTER_NOT_LOCKED.code();
    }
    if (session.fact(Ballot.of(proposal.id(), voter), Ballot.class).isPresent()) {
      return VoteStatus.VOTER_VOTED.code();
    }
    Amount weight = account.get().available();
    if (weight.compareTo(least) < 0) {
      return VoteStatus.VOTER_TOO_POOR.code();
    }
    session.put(new Ballot(proposal.id(), voter, approve, weight));
    session.put(proposal.with(approve, weight));
    return 0;
  }

  /** Decides a proposal, or enacts it if it passed and waited. */
  static int close(Operation.Close close, Session session) {
    Optional<Proposal> found = session.fact(Proposal.of(close.proposal()), Proposal.class);
    if (found.isEmpty()) {
      return VoteStatus.PROPOSAL_UNKNOWN.code();
    }
    Proposal proposal = found.get();
    return switch (proposal.phase()) {
      case OPEN -> decide(proposal, session);
      case PASSED ->
          session.now() < proposal.enacts()
              ? VoteStatus.TIMELOCKED.code()
              : enact(proposal, session);
      case REJECTED, ENACTED -> VoteStatus.PROPOSAL_DONE.code();
    };
  }

  private static int decide(Proposal proposal, Session session) {
    Amount votable = votable(session.ledger());
    Amount half = new Amount(votable.units() / 2);
    boolean majority = proposal.yes().compareTo(half) > 0;
    boolean hopeless = proposal.no().compareTo(half) > 0;
    boolean over = session.now() >= proposal.closes();
    if (!majority && !hopeless && !over) {
      return VoteStatus.DECISION_TOO_SOON.code();
    }
    if (!majority && !passes(proposal, votable, session)) {
      session.put(proposal.with(Phase.REJECTED, 0));
      return 0;
    }
    if (!proposal.change().waits()) {
      return enact(proposal, session);
    }
    long enacts = Math.addExact(session.now(), session.rules().voting().timelockMillis());
    session.put(proposal.with(Phase.PASSED, enacts));
    return 0;
  }

  private static boolean passes(Proposal proposal, Amount votable, Session session) {
    Amount quorum = votable.times(session.rules().voting().quorum(), VotingRules.WHOLE);
    Amount voted = proposal.yes().plus(proposal.no());
    return proposal.yes().compareTo(proposal.no()) > 0 && voted.compareTo(quorum) >= 0;
  }

  /** All GEN outside the purses. */
  static Amount votable(AccountLedger ledger) {
    Amount all = Supply.of(Token.GEN, ledger).outstanding();
    for (Purse purse : Purse.values()) {
      Optional<Account> account = ledger.account(purse.of(Token.GEN));
      if (purse != Purse.WALLETS
          && account.filter(known -> known.is(AccountFlags.DEBITS_WITHIN_CREDITS)).isPresent()) {
        all = all.minus(account.get().available());
      }
    }
    return all;
  }

  private static int enact(Proposal proposal, Session session) {
    int code = Enactment.perform(proposal, session);
    if (code == 0) {
      session.put(proposal.with(Phase.ENACTED, session.now()));
    }
    return code;
  }
}
