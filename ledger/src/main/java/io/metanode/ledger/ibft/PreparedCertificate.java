package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.Round;
import java.util.List;

/**
 * A proposal that a quorum prepared in {@code round}, with their votes: lastPreparedBlock,
 * lastPreparedRound and getRoundChangeJustification of the specification.
 */
public record PreparedCertificate(
    Proposal proposal, Round round, List<Signed<Payload.PreparePayload>> prepares) {

  public PreparedCertificate {
    prepares = List.copyOf(prepares);
  }

  Payload.PreparedClaim claim() {
    return new Payload.PreparedClaim(round, proposal.digest());
  }
}
