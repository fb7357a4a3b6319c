package io.metanode.ledger.ibft;

import io.metanode.foundation.Digest;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.consensus.Proposal;
import java.util.List;
import java.util.Optional;

/** Makes and signs one validator's messages (createRoundChange, sign… of the specification). */
final class Voting {

  /** A message, and what its author must remember before it is sent. */
  record Vote(VoteRecord record, Message message) {}

  private final Rules rules;
  private final Identity identity;

  Voting(Rules rules, Identity identity) {
    this.rules = rules;
    this.identity = identity;
  }

  Vote proposal(
      QbftState state,
      Proposal proposal,
      List<Signed<Payload.RoundChangePayload>> roundChanges,
      List<Signed<Payload.PreparePayload>> prepares) {
    var payload = new Payload.ProposalPayload(state.height(), state.round(), proposal.digest());
    return new Vote(
        state.votes().proposing(proposal.digest()),
        new Message.ProposalMessage(sign(payload), proposal, roundChanges, prepares));
  }

  Vote prepare(QbftState state, Digest digest) {
    var payload = new Payload.PreparePayload(state.height(), state.round(), digest);
    return new Vote(state.votes().preparing(digest), new Message.PrepareMessage(sign(payload)));
  }

  Vote commit(QbftState state, PreparedCertificate certificate) {
    Digest digest = certificate.proposal().digest();
    byte[] sealed = CommitCertificate.sealed(rules.chain(), state.height(), state.round(), digest);
    var payload =
        new Payload.CommitPayload(state.height(), state.round(), digest, identity.seal(sealed));
    return new Vote(state.votes().locking(certificate), new Message.CommitMessage(sign(payload)));
  }

  Vote roundChange(QbftState state) {
    Optional<PreparedCertificate> lock = state.lock();
    var payload =
        new Payload.RoundChangePayload(
            state.height(), state.round(), lock.map(PreparedCertificate::claim));
    return new Vote(state.votes(), new Message.RoundChangeMessage(sign(payload), lock));
  }

  private <P extends Payload> Signed<P> sign(P payload) {
    byte[] bytes = PayloadCodec.signingBytes(rules.chain(), payload);
    return new Signed<>(payload, identity.id(), identity.sign(bytes));
  }
}
