package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.Round;

/** The messages of the current height that were found valid (messagesReceived); immutable. */
record MessageLog(
    RoundTable<Message.ProposalMessage> proposals,
    RoundTable<Message.PrepareMessage> prepares,
    RoundTable<Message.CommitMessage> commits,
    RoundTable<Message.RoundChangeMessage> roundChanges) {

  static final MessageLog EMPTY =
      new MessageLog(
          RoundTable.empty(), RoundTable.empty(), RoundTable.empty(), RoundTable.empty());

  MessageLog with(Message message) {
    return switch (message) {
      case Message.ProposalMessage m ->
          new MessageLog(proposals.with(m.round(), m.author(), m), prepares, commits, roundChanges);
      case Message.PrepareMessage m ->
          new MessageLog(proposals, prepares.with(m.round(), m.author(), m), commits, roundChanges);
      case Message.CommitMessage m ->
          new MessageLog(proposals, prepares, commits.with(m.round(), m.author(), m), roundChanges);
      case Message.RoundChangeMessage m ->
          new MessageLog(proposals, prepares, commits, roundChanges.with(m.round(), m.author(), m));
    };
  }

  MessageLog without(Message.CommitMessage m) {
    return new MessageLog(
        proposals, prepares, commits.without(m.round(), m.author()), roundChanges);
  }

  /** Without the large messages of rounds that are over; votes stay, as evidence. */
  MessageLog from(Round round) {
    return new MessageLog(proposals.from(round), prepares, commits, roundChanges.from(round));
  }
}
