package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import java.util.List;
import java.util.Optional;

/** What validators send each other to decide a height (QbftMessage of the specification). */
public sealed interface Message {

  Signed<? extends Payload> signed();

  default Height height() {
    return signed().payload().height();
  }

  default Round round() {
    return signed().payload().round();
  }

  default ValidatorId author() {
    return signed().author();
  }

  /**
   * @param roundChanges why a round after the first may have a proposal (proposalJustification)
   * @param prepares why it is this one, if any of them claims one (roundChangeJustification)
   */
  record ProposalMessage(
      Signed<Payload.ProposalPayload> signed,
      Proposal proposal,
      List<Signed<Payload.RoundChangePayload>> roundChanges,
      List<Signed<Payload.PreparePayload>> prepares)
      implements Message {

    public ProposalMessage {
      roundChanges = List.copyOf(roundChanges);
      prepares = List.copyOf(prepares);
    }
  }

  record PrepareMessage(Signed<Payload.PreparePayload> signed) implements Message {}

  record CommitMessage(Signed<Payload.CommitPayload> signed) implements Message {}

  /**
   * @param certificate proof of the claim, present if there is one
   */
  record RoundChangeMessage(
      Signed<Payload.RoundChangePayload> signed, Optional<PreparedCertificate> certificate)
      implements Message {}
}
