package io.metanode.ledger.ibft;

import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.consensus.ValidatorSet;

/**
 * Two messages that no honest validator signs both: two proposals, two prepares, two commits or two
 * round changes of one height and round that differ. Whoever knows the validator set of the height
 * can verify it.
 */
public record Evidence(Signed<? extends Payload> first, Signed<? extends Payload> second) {

  public ValidatorId author() {
    return first.author();
  }

  /** Whether the messages contradict each other; says nothing of their signatures. */
  public boolean isContradiction() {
    Payload a = first.payload();
    Payload b = second.payload();
    return first.author().equals(second.author())
        && a.kind() == b.kind()
        && a.height().equals(b.height())
        && a.round().equals(b.round())
        && !meaning(a).equals(meaning(b));
  }

  /** Whether a member of {@code validators}, the set of the height, signed the contradiction. */
  public boolean verifies(ChainId chain, ValidatorSet validators, Authenticity authenticity) {
    return isContradiction()
        && validators
            .member(author())
            .map(
                member ->
                    authenticity.authentic(
                            member,
                            PayloadCodec.signingBytes(chain, first.payload()),
                            first.signature())
                        && authenticity.authentic(
                            member,
                            PayloadCodec.signingBytes(chain, second.payload()),
                            second.signature()))
            .orElse(false);
  }

  /** What of a payload must not differ; a commit's seal may, being wrong but no second vote. */
  private static Object meaning(Payload payload) {
    return switch (payload) {
      case Payload.ProposalPayload p -> p.digest();
      case Payload.PreparePayload p -> p.digest();
      case Payload.CommitPayload p -> p.digest();
      case Payload.RoundChangePayload p -> p.prepared();
    };
  }
}
