package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;

/** What moves the core on; as EngineEvent, but for messages, which are decoded. */
public sealed interface Event {

  record Received(Message message) implements Event {}

  record BlockTimeout(Height height) implements Event {}

  record RoundTimeout(Height height, Round round) implements Event {}

  record Built(Round round, Proposal proposal) implements Event {}

  record BlockArrived(Proposal proposal, CommitCertificate certificate) implements Event {}
}
