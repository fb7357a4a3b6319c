package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;

/**
 * What the core asks for, to be carried out in order; the meaning of each, and what its place in
 * the order promises, is that of the EngineEffect of the same name.
 */
public sealed interface Effect {

  record Persist(VoteRecord votes) implements Effect {}

  record Broadcast(Message message) implements Effect {}

  record Decide(Proposal proposal, CommitCertificate certificate) implements Effect {}

  record Build(Height height, Round round) implements Effect {}

  record StartBlockTimer(Height height) implements Effect {}

  record StartRoundTimer(Height height, Round round) implements Effect {}

  record Fetch(Height height, ValidatorId from) implements Effect {}

  record Offer(Height height, ValidatorId to) implements Effect {}

  record Report(Evidence evidence) implements Effect {}
}
