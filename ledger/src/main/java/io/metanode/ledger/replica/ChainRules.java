package io.metanode.ledger.replica;

import io.metanode.foundation.Bytes;
import io.metanode.foundation.Clock;
import io.metanode.foundation.DecodingException;
import io.metanode.foundation.Digest;
import io.metanode.ledger.block.BlockRules;
import io.metanode.ledger.block.CompactBlock;
import io.metanode.ledger.consensus.Height;
import io.metanode.ledger.consensus.Proposal;
import io.metanode.ledger.consensus.ProposalRules;
import io.metanode.ledger.consensus.Round;
import io.metanode.ledger.consensus.ValidatorId;
import io.metanode.ledger.store.Chain;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What may follow the chain's last block. A proposal's digest is its block's id; the payload is the
 * block with ids, which the header binds to the last byte. What was found of a proposal is kept for
 * as long as its height is open.
 */
final class ChainRules implements ProposalRules {

  private static final int KEPT = 64;

  /**
   * @param block empty if the payload is not that of the digest
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record Known(byte[] payload, Optional<CompactBlock> block) {}

  private final Chain chain;
  private final BlockRules rules;
  private final Clock clock;
  private final Rosters rosters;
  private final Predicate<Bytes> convicts;
  private final Map<Digest, Known> known = new HashMap<>();

  /**
   * @param convicts whether the next block may hold a piece of evidence
   */
  ChainRules(
      Chain chain, BlockRules rules, Clock clock, Rosters rosters, Predicate<Bytes> convicts) {
    this.chain = chain;
    this.rules = rules;
    this.clock = clock;
    this.rosters = rosters;
    this.convicts = convicts;
  }

  /** Forgets the proposals of the height that was decided. */
  void decided() {
    known.clear();
  }

  /** The block of a proposal for the next height; empty unless it binds. */
  Optional<CompactBlock> read(Proposal proposal) {
    Known found = known.get(proposal.digest());
    if (found == null || !Arrays.equals(found.payload(), proposal.payload())) {
      found = new Known(proposal.payload(), decode(proposal));
      if (known.size() >= KEPT) {
        known.clear();
      }
      known.put(proposal.digest(), found);
    }
    return found.block();
  }

  private Optional<CompactBlock> decode(Proposal proposal) {
    if (proposal.height().value() != chain.height() + 1) {
      return Optional.empty();
    }
    try {
      CompactBlock block = CompactBlock.decode(Bytes.of(proposal.payload()));
      boolean named =
          block.header().height() == proposal.height().value()
              && block.header().id().digest().equals(proposal.digest());
      return named && rules.binds(block, chain.ledger().head().ticks(), Runnable::run)
          ? Optional.of(block)
          : Optional.empty();
    } catch (DecodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean binds(Proposal proposal) {
    return read(proposal).isPresent();
  }

  @Override
  public boolean isValid(Proposal proposal, Round round, ValidatorId leader) {
    @Nullable CompactBlock block = read(proposal).orElse(null);
    return block != null
        && block.header().round() == round.value()
        && madeBy(block, leader)
        && rules
            .checkBound(block, chain.ledger().head(), chain.prior(), clock.now().toEpochMilli())
            .isEmpty()
        && block.body().evidence().stream().distinct().count() == block.body().evidence().size()
        && block.body().evidence().stream().allMatch(convicts);
  }

  private boolean madeBy(CompactBlock block, ValidatorId leader) {
    return rosters
        .at(new Height(block.header().height()))
        .member(leader)
        .filter(v -> Arrays.equals(v.key().bytes(), block.header().proposer().bytes()))
        .isPresent();
  }
}
