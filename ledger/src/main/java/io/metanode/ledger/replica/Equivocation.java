package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Decoder;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Encoder;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.Validator;
import io.metanode.ledger.consensus.ValidatorSet;
import io.metanode.ledger.ibft.Authenticity;
import io.metanode.ledger.ibft.MessageCodec;
import io.metanode.ledger.state.EvidenceCheck;
import io.metanode.ledger.state.ValidatorKeys;
import io.metanode.ledger.state.ValidatorRoster;
import java.util.List;
import java.util.Optional;

/**
 * Two votes that contradict each other, as a block holds them: the keys of their author, then the
 * evidence of docs/formats/consensus.md. The keys are there so that it can be checked after their
 * owner left.
 */
public final class Equivocation implements EvidenceCheck {

  private final ChainId chain;
  private final Authenticity authenticity;

  public Equivocation(ChainId chain, Authenticity authenticity) {
    this.chain = chain;
    this.authenticity = authenticity;
  }

  /** What a block may hold of evidence against {@code author}. */
  static Bytes encode(Validator author, Bytes evidence) {
    return new Encoder(ValidatorKeys.LENGTH + evidence.length())
        .raw(author.key().bytes())
        .raw(author.sealKey().bytes())
        .raw(evidence)
        .toBytes();
  }

  @Override
  public Optional<Bytes32> offender(Bytes piece) {
    try {
      Decoder in = piece.decoder();
      ValidatorKeys keys = ValidatorKeys.decode(in);
      byte[] evidence = in.raw(in.remaining()).toArray();
      ValidatorSet author = new ValidatorRoster(List.of(keys)).set();
      return MessageCodec.decodeEvidence(evidence)
          .filter(found -> found.verifies(chain, author, authenticity))
          .map(_ -> keys.key());
    } catch (DecodingException | IllegalStateException e) {
      return Optional.empty();
    }
  }
}
