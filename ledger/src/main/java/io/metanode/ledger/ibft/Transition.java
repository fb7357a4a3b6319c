package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSchedule;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One step of a validator: the Upon… predicates of the Dafny specification of QBFT
 * (dafny/spec/L1/node.dfy), each of which says whether it applied, repeated until none does
 * (NodeNext). The votes themselves are cast by {@link Voting}.
 */
final class Transition {

  private final Rules rules;
  private final ValidatorSchedule schedule;
  private final ValidatorId self;
  private final Voting voting;
  private final List<Effect> effects = new ArrayList<>();
  private QbftState state;

  Transition(Rules rules, ValidatorSchedule schedule, Identity identity, QbftState state) {
    this.rules = rules;
    this.schedule = schedule;
    this.state = state;
    self = identity.id();
    voting = new Voting(rules, identity);
  }

  Step step(Event event) {
    switch (event) {
      case Event.Received e -> received(e.message());
      case Event.BlockTimeout e -> blockTimeout(e.height());
      case Event.RoundTimeout e -> uponRoundTimeout(e.height(), e.round());
      case Event.Built e -> built(e.round(), e.proposal());
      case Event.BlockArrived e -> uponNewBlock(e.proposal(), e.certificate());
    }
    settle();
    return new Step(state, List.copyOf(effects));
  }

  private void settle() {
    boolean applied = participates();
    while (applied) {
      applied =
          uponBlockTimeout()
              || uponProposal()
              || uponPrepare()
              || uponCommit()
              || uponRoundChange();
      applied &= participates();
    }
  }

  private boolean participates() {
    return state.validators().contains(self);
  }

  private void received(Message message) {
    Height height = state.height();
    if (message.height().equals(height)) {
      Admission.Outcome outcome = new Admission(rules, state).admit(message);
      state = outcome.state();
      outcome.evidence().ifPresent(e -> effects.add(new Effect.Report(e)));
    } else if (height.isAfter(message.height())) {
      offer(message);
    } else if (message.height().equals(height.next())) {
      ValidatorSet next = schedule.at(height.next());
      if (Admission.hasRoom(state.early(), message) && rules.authentic(message.signed(), next)) {
        state = state.keeping(message);
      }
    } else if (rules.authentic(message.signed(), state.validators())) {
      effects.add(new Effect.Fetch(height, message.author()));
    }
  }

  /** A round change of a decided height is a call for help. */
  private void offer(Message message) {
    if (message instanceof Message.RoundChangeMessage
        && message.height().isAfter(Height.GENESIS)
        && !message.author().equals(self)
        && rules.authentic(message.signed(), schedule.at(message.height()))) {
      effects.add(new Effect.Offer(message.height(), message.author()));
    }
  }

  private void blockTimeout(Height height) {
    if (height.equals(state.height())) {
      state = state.due();
    }
  }

  private boolean uponBlockTimeout() {
    return state.blockDue()
        && state.round().equals(Round.ZERO)
        && mayPropose(Round.ZERO)
        && build(Round.ZERO);
  }

  private boolean mayPropose(Round round) {
    return rules.proposer(state.validators(), state.height(), round).equals(self)
        && (round.isAfter(state.round())
            || (round.equals(state.round())
                && state.accepted().isEmpty()
                && state.votes().proposed().isEmpty()));
  }

  private boolean build(Round round) {
    if (state.building().equals(Optional.of(round))) {
      return false;
    }
    state = state.building(Optional.of(round));
    effects.add(new Effect.Build(state.height(), round));
    return true;
  }

  private void built(Round round, Proposal proposal) {
    if (!state.building().equals(Optional.of(round)) || !proposal.height().equals(state.height())) {
      return;
    }
    state = state.building(Optional.empty());
    if (!mayPropose(round) || !participates()) {
      return;
    }
    if (round.equals(Round.ZERO)) {
      propose(round, proposal, List.of(), List.of());
      return;
    }
    List<Message.RoundChangeMessage> roundChanges = state.log().roundChanges().at(round);
    if (isQuorum(roundChanges) && highestPrepared(roundChanges).isEmpty()) {
      propose(round, proposal, signed(roundChanges), List.of());
    }
  }

  private void propose(
      Round round,
      Proposal proposal,
      List<Signed<Payload.RoundChangePayload>> roundChanges,
      List<Signed<Payload.PreparePayload>> prepares) {
    enter(round);
    cast(voting.proposal(state, proposal, roundChanges, prepares));
  }

  private boolean uponProposal() {
    Optional<Message.ProposalMessage> proposal =
        state.log().proposals().roundsFrom(state.round()).descendingSet().stream()
            .flatMap(round -> state.log().proposals().at(round).stream())
            .filter(m -> rules.isAcceptable(m, state))
            .findFirst();
    if (proposal.isEmpty()) {
      return false;
    }
    enter(proposal.get().round());
    state = state.accepting(proposal.get());
    cast(voting.prepare(state, proposal.get().proposal().digest()));
    return true;
  }

  private boolean uponPrepare() {
    if (state.accepted().isEmpty() || state.log().commits().get(state.round(), self).isPresent()) {
      return false;
    }
    Proposal proposal = state.accepted().get().proposal();
    List<Signed<Payload.PreparePayload>> prepares =
        state.log().prepares().at(state.round()).stream()
            .map(Message.PrepareMessage::signed)
            .filter(p -> p.payload().digest().equals(proposal.digest()))
            .toList();
    if (rules.authors(prepares) < rules.quorum(state.validators())) {
      return false;
    }
    cast(voting.commit(state, new PreparedCertificate(proposal, state.round(), prepares)));
    return true;
  }

  private boolean uponCommit() {
    if (state.accepted().isEmpty()) {
      return false;
    }
    Proposal proposal = state.accepted().get().proposal();
    Digest digest = proposal.digest();
    List<Message.CommitMessage> commits =
        state.log().commits().at(state.round()).stream()
            .filter(m -> rules.validateCommit(m, digest))
            .toList();
    if (commits.size() < rules.quorum(state.validators())) {
      return false;
    }
    Optional<CommitCertificate> certificate =
        rules.certify(commits, proposal, state.round(), state.validators());
    if (certificate.isPresent()) {
      decide(proposal, certificate.get());
      return true;
    }
    return dropWrongSeals(commits);
  }

  private boolean dropWrongSeals(List<Message.CommitMessage> commits) {
    boolean dropped = false;
    for (Message.CommitMessage commit : commits) {
      if (!rules.validSeal(commit, state.validators())) {
        state = state.logging(state.log().without(commit));
        dropped = true;
      }
    }
    return dropped;
  }

  private boolean uponRoundChange() {
    for (Round round : state.log().roundChanges().roundsFrom(state.round()).descendingSet()) {
      List<Message.RoundChangeMessage> roundChanges = state.log().roundChanges().at(round);
      if (mayPropose(round) && isQuorum(roundChanges)) {
        return proposeAfterRoundChange(round, roundChanges);
      }
    }
    return jump();
  }

  private boolean proposeAfterRoundChange(
      Round round, List<Message.RoundChangeMessage> roundChanges) {
    Optional<PreparedCertificate> highest = highestPrepared(roundChanges);
    if (highest.isEmpty()) {
      return build(round);
    }
    propose(round, highest.get().proposal(), signed(roundChanges), highest.get().prepares());
    return true;
  }

  /** f + 1 validators, so at least one that is honest, are in later rounds. */
  private boolean jump() {
    List<Round> later =
        state.log().roundChanges().highest(state.round().next()).stream()
            .sorted(Comparator.reverseOrder())
            .toList();
    int needed = rules.f(state.validators()) + 1;
    if (later.size() < needed) {
      return false;
    }
    changeRound(later.get(needed - 1));
    return true;
  }

  private void uponRoundTimeout(Height height, Round round) {
    if (!height.equals(state.height()) || !round.equals(state.round()) || !participates()) {
      return;
    }
    Optional<Message.RoundChangeMessage> call = state.log().roundChanges().get(round, self);
    if (call.isEmpty() || rules.isRoundReached(state)) {
      changeRound(round.next());
      return;
    }
    effects.add(new Effect.Broadcast(call.get()));
    effects.add(new Effect.StartRoundTimer(height, round));
  }

  private void changeRound(Round round) {
    enter(round);
    cast(voting.roundChange(state));
  }

  private boolean isQuorum(List<Message.RoundChangeMessage> roundChanges) {
    return rules.getSetOfRoundChangeSenders(signed(roundChanges))
        >= rules.quorum(state.validators());
  }

  private static List<Signed<Payload.RoundChangePayload>> signed(
      List<Message.RoundChangeMessage> roundChanges) {
    return roundChanges.stream().map(Message.RoundChangeMessage::signed).toList();
  }

  private Optional<PreparedCertificate> highestPrepared(
      List<Message.RoundChangeMessage> roundChanges) {
    return roundChanges.stream()
        .flatMap(m -> m.certificate().stream())
        .filter(c -> rules.isHighestPrepared(c.claim(), signed(roundChanges)))
        .findFirst();
  }

  private void enter(Round round) {
    if (round.isAfter(state.round())) {
      state = rules.entering(state, round);
      effects.add(new Effect.StartRoundTimer(state.height(), round));
    }
  }

  private void cast(Voting.Vote vote) {
    state = state.voting(vote.record()).logging(state.log().with(vote.message()));
    effects.addAll(
        rules.durably(new Effect.Persist(vote.record()), new Effect.Broadcast(vote.message())));
  }

  private void uponNewBlock(Proposal block, CommitCertificate certificate) {
    if (rules.validNewBlock(block, certificate, state)) {
      decide(block, certificate);
    }
  }

  private void decide(Proposal proposal, CommitCertificate certificate) {
    List<Message> early = state.early();
    effects.add(new Effect.Decide(proposal, certificate));
    Height next = state.height().next();
    state = QbftState.at(next, schedule.at(next), VoteRecord.none(next));
    effects.add(new Effect.StartBlockTimer(next));
    effects.add(new Effect.StartRoundTimer(next, Round.ZERO));
    early.forEach(this::received);
  }
}
