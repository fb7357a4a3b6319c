package io.metanode.ledger.ibft;

import java.util.List;
import java.util.Optional;

/**
 * Whether a message of the current height goes into the log. Everything in the log is authentic,
 * from a validator, and valid by itself; a second vote of one author becomes evidence.
 */
final class Admission {

  /** How many messages of the next height are kept for each author. */
  static final int EARLY_PER_AUTHOR = 64;

  /** The state with or without the message in its log, and what the message gave away. */
  record Outcome(QbftState state, Optional<Evidence> evidence) {}

  private final Rules rules;
  private final QbftState state;

  Admission(Rules rules, QbftState state) {
    this.rules = rules;
    this.state = state;
  }

  static boolean hasRoom(List<Message> early, Message message) {
    return !early.contains(message)
        && early.stream().filter(m -> m.author().equals(message.author())).count()
            < EARLY_PER_AUTHOR;
  }

  Outcome admit(Message message) {
    Optional<? extends Message> known = known(message);
    if (known.isPresent() && known.get().signed().equals(message.signed())) {
      return refused();
    }
    if (!rules.authentic(message.signed(), state.validators())) {
      return refused();
    }
    if (known.isPresent()) {
      return known.get() instanceof Message.CommitMessage a
              && message instanceof Message.CommitMessage b
              && sameDigest(a, b)
          ? resealed(b)
          : contradiction(new Evidence(known.get().signed(), message.signed()));
    }
    return valid(message)
        ? new Outcome(state.logging(state.log().with(message)), Optional.empty())
        : refused();
  }

  private Optional<? extends Message> known(Message message) {
    return switch (message) {
      case Message.ProposalMessage m -> state.log().proposals().get(m.round(), m.author());
      case Message.PrepareMessage m -> state.log().prepares().get(m.round(), m.author());
      case Message.CommitMessage m -> state.log().commits().get(m.round(), m.author());
      case Message.RoundChangeMessage m -> state.log().roundChanges().get(m.round(), m.author());
    };
  }

  private boolean valid(Message message) {
    return switch (message) {
      case Message.ProposalMessage m ->
          !m.round().isBefore(state.round()) && rules.isJustifiedProposal(m, state);
      case Message.PrepareMessage m -> true;
      case Message.CommitMessage m -> true;
      case Message.RoundChangeMessage m ->
          !m.round().isBefore(state.round()) && rules.validRoundChangeMessage(m, state);
    };
  }

  private static boolean sameDigest(Message.CommitMessage a, Message.CommitMessage b) {
    return a.signed().payload().digest().equals(b.signed().payload().digest());
  }

  /** A second commit to the same digest counts if its seal is right. */
  private Outcome resealed(Message.CommitMessage message) {
    return rules.validSeal(message, state.validators())
        ? new Outcome(state.logging(state.log().with(message)), Optional.empty())
        : refused();
  }

  private Outcome contradiction(Evidence evidence) {
    Payload payload = evidence.second().payload();
    var offence = new QbftState.Offence(evidence.author(), payload.kind(), payload.round());
    return state.reported().contains(offence) || !evidence.isContradiction()
        ? refused()
        : new Outcome(state.reporting(offence), Optional.of(evidence));
  }

  private Outcome refused() {
    return new Outcome(state, Optional.empty());
  }
}
