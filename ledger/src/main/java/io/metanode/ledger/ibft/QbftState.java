package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a validator knows while it decides a height (NodeState); immutable.
 *
 * @param votes its round, its own votes and its lock
 * @param accepted the proposal it accepted in its round (proposalAcceptedForCurrentRound)
 * @param blockDue whether a new block may be proposed in round 0
 * @param building the round for which it asked its host for a proposal
 * @param early messages of the next height, kept until this one is decided
 * @param reported what it already reported evidence of
 */
record QbftState(
    Height height,
    ValidatorSet validators,
    VoteRecord votes,
    Optional<Message.ProposalMessage> accepted,
    boolean blockDue,
    Optional<Round> building,
    MessageLog log,
    List<Message> early,
    Set<Offence> reported) {

  /** Names one contradiction, so that it is reported once. */
  record Offence(ValidatorId author, byte kind, Round round) implements Comparable<Offence> {
    @Override
    public int compareTo(Offence other) {
      int byAuthor = author.compareTo(other.author);
      int byKind = byAuthor != 0 ? byAuthor : Byte.compare(kind, other.kind);
      return byKind != 0 ? byKind : round.compareTo(other.round);
    }
  }

  static QbftState at(Height height, ValidatorSet validators, VoteRecord votes) {
    return new QbftState(
        height,
        validators,
        votes,
        Optional.empty(),
        false,
        Optional.empty(),
        MessageLog.EMPTY,
        List.of(),
        Set.of());
  }

  Round round() {
    return votes.round();
  }

  /** What the validator is locked on: its last commit at this height. */
  Optional<PreparedCertificate> lock() {
    return votes.lock();
  }

  /** In a later round, with nothing accepted and nothing voted there. */
  QbftState entering(Round round) {
    return new QbftState(
        height,
        validators,
        votes.entering(round),
        Optional.empty(),
        blockDue,
        Optional.empty(),
        log.from(round),
        early,
        reported);
  }

  QbftState voting(VoteRecord next) {
    return new QbftState(
        height, validators, next, accepted, blockDue, building, log, early, reported);
  }

  QbftState accepting(Message.ProposalMessage proposal) {
    return new QbftState(
        height, validators, votes, Optional.of(proposal), blockDue, building, log, early, reported);
  }

  QbftState due() {
    return new QbftState(height, validators, votes, accepted, true, building, log, early, reported);
  }

  QbftState building(Optional<Round> round) {
    return new QbftState(
        height, validators, votes, accepted, blockDue, round, log, early, reported);
  }

  QbftState logging(MessageLog next) {
    return new QbftState(
        height, validators, votes, accepted, blockDue, building, next, early, reported);
  }

  QbftState keeping(Message message) {
    List<Message> more = new ArrayList<>(early);
    more.add(message);
    return new QbftState(
        height, validators, votes, accepted, blockDue, building, log, List.copyOf(more), reported);
  }

  QbftState reporting(Offence offence) {
    Set<Offence> more = new TreeSet<>(reported);
    more.add(offence);
    return new QbftState(height, validators, votes, accepted, blockDue, building, log, early, more);
  }
}
