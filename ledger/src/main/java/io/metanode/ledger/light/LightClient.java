package io.metanode.ledger.light;

import io.metanode.foundation.Bytes32;
import io.metanode.foundation.Digest;
import io.metanode.ledger.block.BlockHeader;
import io.metanode.ledger.block.BlockSeal;
import io.metanode.ledger.consensus.ChainId;
import io.metanode.ledger.consensus.CommitCertificate;
import io.metanode.ledger.state.ValidatorRoster;
import io.metanode.ledger.transaction.ChainTag;
import java.util.Optional;

/**
 * Believes headers because of validators it trusts, from the height at which they began to decide.
 * A change of the validators is believed because those before it sealed a header that names it;
 * with every change followed in order, nothing between the changes need be seen.
 *
 * <p>It rests on fewer than a third of each set it passes ever turning Byzantine, also after they
 * left: start from recent validators that you learned elsewhere, as with any such client.
 *
 * @param genesis the digest of the chain's genesis
 * @param from the height from which {@code trusted} decide
 * @param seals how certificates are checked
 */
public record LightClient(Bytes32 genesis, long from, ValidatorRoster trusted, SealCheck seals) {

  /** A client that checks certificates with the validators' BLS keys. */
  public LightClient(Bytes32 genesis, long from, ValidatorRoster trusted) {
    this(genesis, from, trusted, CommitCertificate::verifies);
  }

  /** Checks a header of a height that the trusted validators decide. */
  public Verdict<VerifiedHeader> verify(BlockHeader header, BlockSeal seal) {
    return fault(header, seal)
        .<Verdict<VerifiedHeader>>map(Verdict.Refused::new)
        .orElseGet(() -> new Verdict.Believed<>(new VerifiedHeader(header)));
  }

  private Optional<HeaderFault> fault(BlockHeader header, BlockSeal seal) {
    if (!header.chain().equals(ChainTag.of(genesis))) {
      return Optional.of(HeaderFault.WRONG_CHAIN);
    }
    if (header.height() < from) {
      return Optional.of(HeaderFault.TOO_OLD);
    }
    if (!header.prior().validators().equals(trusted.digest())) {
      return Optional.of(HeaderFault.OTHER_VALIDATORS);
    }
    ChainId chain = new ChainId(Digest.ofBytes(genesis.bytes()));
    boolean holds = seals.holds(seal.certificate(header), chain, trusted.set());
    return holds ? Optional.empty() : Optional.of(HeaderFault.NOT_SEALED);
  }

  /**
   * Follows a change.
   *
   * @param header of the last block that the trusted validators decide
   * @param next who decides the one after it
   * @return the client that trusts them
   */
  public Verdict<LightClient> follow(BlockHeader header, BlockSeal seal, ValidatorRoster next) {
    Optional<HeaderFault> fault = fault(header, seal);
    if (fault.isPresent()) {
      return new Verdict.Refused<>(fault.get());
    }
    if (!next.digest().equals(header.prior().nextValidators())) {
      return new Verdict.Refused<>(HeaderFault.NOT_NEXT_VALIDATORS);
    }
    return new Verdict.Believed<>(new LightClient(genesis, header.height() + 1, next, seals));
  }
}
